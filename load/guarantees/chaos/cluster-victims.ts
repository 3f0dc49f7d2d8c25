import { setTimeout as sleep } from 'node:timers/promises';
import { topology } from '@urr/contracts/topology.ts';
import { type Replica, replicasOf } from '../../../tools/cluster/replicas.ts';
import { flushRedis, isRedisServing, redisMasters } from '../../../tools/cluster/redis-nodes.ts';
import { accepts, kafkaPorts } from '../../../tools/cluster/kafka-nodes.ts';
import { redisPasswordOf } from '../../../tools/cluster/cluster-layout.ts';
import { simulatorPort } from '../../../tools/platform/processes.ts';
import type { RunningPlatform } from '../../../tools/platform/start-platform.ts';
import type { Targets } from './kill-spree.ts';
import { allAnswer, databaseVictims, killed, type Victim } from './victims.ts';

/** How long a paused replica hangs. Milliseconds. */
const pauseMs = 10_000;

/** What a cluster is struck with: any replica killed or paused, a Redis master lost, Redis flushed, a broker lost, PostgreSQL. */
export function clusterTargets(platform: RunningPlatform): Targets {
  const replicas = replicasOf(platform.portOffset);
  const all = [
    ...replicas.map((replica) => killedReplica(platform, replica)),
    ...replicas.map((replica) => pausedReplica(platform, replica)),
    ...brokers(platform),
    ...databaseVictims(platform),
    simulator(platform),
    lostMaster(platform),
    flushedRedis(platform),
  ];
  const paused = replicas.filter(({ service }) => /queue|ticket|payment/.test(service)).map(pausedName);
  const kafka = brokers(platform).map(({ name }) => name);
  const bag = [
    ...replicas.map(({ name }) => name),
    ...paused,
    ...kafka,
    lostMasterName,
    lostMasterName,
    flushedName,
    flushedName,
    'postgresql',
    'postgresql-backend',
    'toss-simulator',
  ];
  return { victims: new Map(all.map((victim) => [victim.name, victim])), bag };
}

const lostMasterName = 'redis master';
const flushedName = 'redis flushed';
const pausedName = ({ name }: Replica) => `${name} paused`;

function pidOf({ programs, engines }: RunningPlatform, name: string): number | undefined {
  return [...programs, ...engines].find((program) => program.name === name)?.pid();
}

// It serves again when the balancer knows it too: until then nobody reaches a service that has one replica.
function killedReplica(platform: RunningPlatform, { name, service, port }: Replica): Victim {
  const balanced = topology[service].port + platform.portOffset;
  return {
    name,
    isRestarted: true,
    kill: async () => killed(pidOf(platform, name)),
    isServing: () => allAnswer([port, balanced].map((one) => `http://127.0.0.1:${one}/health/ready`)),
  };
}

// It hangs with all its connections, and comes back believing that no time has passed.
function pausedReplica(platform: RunningPlatform, replica: Replica): Victim {
  return {
    ...killedReplica(platform, replica),
    name: pausedName(replica),
    isRestarted: false,
    kill: async () => {
      const pid = pidOf(platform, replica.name);
      if (pid === undefined) return undefined;
      process.kill(pid, 'SIGSTOP');
      void sleep(pauseMs).then(() => wake(pid));
      return pid;
    },
  };
}

function wake(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // Killed while it hung.
  }
}

function brokers(platform: RunningPlatform): Victim[] {
  return [...kafkaPorts(platform.portOffset)]
    .filter(([name]) => !name.endsWith('controller'))
    .map(([name, port]) => ({
      name,
      isRestarted: true,
      kill: async () => killed(pidOf(platform, name)),
      isServing: () => accepts(port),
    }));
}

function simulator(platform: RunningPlatform): Victim {
  return {
    name: 'toss-simulator',
    isRestarted: true,
    kill: async () => killed(pidOf(platform, 'toss-simulator')),
    isServing: () => allAnswer([`http://127.0.0.1:${simulatorPort + platform.portOffset}/health`]),
  };
}

function lostMaster(platform: RunningPlatform): Victim {
  const password = redisPasswordOf(platform.secrets);
  return {
    name: lostMasterName,
    isRestarted: true,
    kill: async () => {
      const masters = await redisMasters(platform.portOffset, password);
      const name = masters[Math.floor(Math.random() * masters.length)];
      return name === undefined ? undefined : killed(pidOf(platform, name));
    },
    isServing: () => isRedisServing(platform.portOffset, password),
  };
}

function flushedRedis(platform: RunningPlatform): Victim {
  const password = redisPasswordOf(platform.secrets);
  return {
    ...lostMaster(platform),
    name: flushedName,
    isRestarted: false,
    kill: async () => ((await flushRedis(platform.portOffset, password)) ? 0 : undefined),
  };
}
