import { once } from 'node:events';
import { get } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { topology } from '@urr/contracts/topology.ts';
import { platformEnvironment, simulatorEnvironment, webEnvironment } from './environment.ts';
import { launchNode } from './launch.ts';
import type { LayoutSource, PlatformLayout } from './layout.ts';
import { portsOf, processPlans, simulatorPort } from './processes.ts';
import type { ProgramPlan } from './supervisor.ts';

/** For programs that wait more than they work: memory counts for more than the last tenth of speed. */
const smallNode = ['--max-semi-space-size=1', '--optimize-for-size', '--max-old-space-size=256'];

const repository = path.join(import.meta.dirname, '../..');

/** The embedded platform: two processes of services, the simulator and the pages; PostgreSQL is all they need. */
export const embeddedLayout: PlatformLayout = {
  ports: portsOf,
  startEngines: async () => {},
  programs: (source) => [[...hostPlans(source), ...frontPlans(source)]],
};

function hostPlans(source: LayoutSource): ProgramPlan[] {
  const environment = { ...platformEnvironment(source), ...source.overrides };
  return processPlans.map(({ name, services }) => ({
    name,
    launch: () =>
      launchNode({
        script: path.join(import.meta.dirname, 'host.ts'),
        args: [String(source.portOffset), ...services],
        environment,
      }),
    isReady: () => answersAll(services.map((service) => topology[service].port + source.portOffset)),
  }));
}

/** What faces people outside the services: the payment simulator and, unless left out, the pages. */
export function frontPlans(source: LayoutSource): ProgramPlan[] {
  const simulator = smallProgram(
    'toss-simulator',
    'tools/simulator/main.ts',
    simulatorPort + source.portOffset,
    {
      ...simulatorEnvironment(source),
      ...source.overrides,
    },
  );
  if (source.pages === undefined) return [simulator];
  const port = topology.frontend.port + source.portOffset;
  return [
    simulator,
    smallProgram('web', 'apps/web/server/main.ts', port, webEnvironment(source, source.pages)),
  ];
}

/** Compiles what the programs load, with the options they run with, in processes that end. */
export async function compilePrograms(): Promise<void> {
  const services = processPlans.flatMap((plan) => plan.services);
  await Promise.all([
    compile([scriptUrl('tools/platform/host.ts'), ...services.map((name) => `@urr/${name}/service.ts`)]),
    // What the simulator's main.ts loads; that itself runs when it is loaded.
    compile(['tools/simulator/app.ts', 'tools/mailbox/mailbox-routes.ts'].map(scriptUrl), smallNode),
  ]);
}

async function compile(modules: readonly string[], nodeOptions?: readonly string[]): Promise<void> {
  const script = path.join(import.meta.dirname, 'load-modules-process.ts');
  const program = { script, args: modules, environment: {} };
  await once(launchNode(nodeOptions === undefined ? program : { ...program, nodeOptions }), 'exit');
}

function scriptUrl(script: string): string {
  return pathToFileURL(path.join(repository, script)).href;
}

function smallProgram(
  name: string,
  script: string,
  port: number,
  environment: Readonly<Record<string, string>>,
): ProgramPlan {
  const program = { script: path.join(repository, script), environment, nodeOptions: smallNode };
  return { name, launch: () => launchNode(program), isReady: () => answersAll([port]) };
}

/** True when a 200 comes from `/health` of every port. */
export async function answersAll(ports: readonly number[]): Promise<boolean> {
  const answers = await Promise.all(ports.map((port) => answers200(`http://127.0.0.1:${port}/health`)));
  return answers.every(Boolean);
}

// Not fetch, which would stay in the supervisor's memory with all its parts.
function answers200(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: 2_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
