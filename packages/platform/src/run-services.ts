import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from 'typebox';
import { ConfigFault, readConfig } from './config.ts';
import { beginDraining } from './draining.ts';
import { createInProcessBus, type EventBus } from './event-bus.ts';
import { hostService } from './host-service.ts';
import type { Service, ServiceRun } from './service.ts';
import { serviceVariables } from './service-variables.ts';

/** Longest time a stopping process waits for requests in hand. Milliseconds. */
const drainDeadlineMs = 15_000;

/**
 * Runs services in this process until SIGTERM or SIGINT, then drains and closes them. Services that share a process
 * share the in-process event bus. A faulty configuration or a taken port ends the process with code 1 and one message.
 */
export async function runServices(runs: readonly ServiceRun[]): Promise<void> {
  try {
    const services = await createAll(runs, createInProcessBus());
    // A signal may come before all of them listen.
    stopOnSignal(services, shutdownDelayOf(runs));
    for (const service of services)
      await service.app.listen({ port: service.port, host: service.host, backlog: 4096 });
    await Promise.all(services.map((service) => service.start()));
    process.send?.('ready');
  } catch (error) {
    console.error(error instanceof ConfigFault ? error.message : error);
    process.exit(1);
  }
}

async function createAll(runs: readonly ServiceRun[], bus: EventBus): Promise<Service[]> {
  const results = await Promise.allSettled(runs.map((run) => hostService(run, bus)));
  const faults = results
    .filter((result) => result.status === 'rejected')
    .map((result) => result.reason as unknown);
  const other = faults.find((fault) => !(fault instanceof ConfigFault));
  if (other !== undefined) throw other;
  if (faults.length > 0) {
    throw new ConfigFault([
      ...new Set(faults.flatMap((fault) => (fault instanceof ConfigFault ? fault.faults : []))),
    ]);
  }
  return results.filter((result) => result.status === 'fulfilled').map((result) => result.value);
}

function stopOnSignal(services: readonly Service[], delayMs: number): void {
  let isStopping = false;
  const stop = async (waitMs: number) => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), waitMs + drainDeadlineMs).unref();
    beginDraining();
    if (waitMs > 0) await sleep(waitMs);
    await stopAll(services);
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop(delayMs));
  process.once('SIGINT', () => void stop(delayMs));
  // The parent that started us is gone: nobody would ever stop us, and nobody is balanced to us.
  process.once('disconnect', () => void stop(0));
}

function shutdownDelayOf(runs: readonly ServiceRun[]): number {
  const schema = Type.Object({ SHUTDOWN_DELAY_MS: serviceVariables.SHUTDOWN_DELAY_MS });
  return Math.max(0, ...runs.map(({ environment }) => readConfig(schema, environment).SHUTDOWN_DELAY_MS));
}

async function stopAll(services: readonly Service[]): Promise<void> {
  await Promise.all(services.map((service) => service.app.close()));
  await Promise.all(services.map((service) => service.stop()));
}
