import { ConfigFault } from './config.ts';
import { createInProcessBus, type EventBus } from './event-bus.ts';
import { hostService } from './host-service.ts';
import type { Service, ServiceRun } from './service.ts';

/** Longest time a stopping process waits for requests in hand. Milliseconds. */
const drainDeadlineMs = 15_000;

/**
 * Runs services in this process until SIGTERM or SIGINT, then drains and closes them. Services that share a process
 * share the in-process event bus. A faulty configuration or a taken port ends the process with code 1 and one message.
 */
export async function runServices(runs: readonly ServiceRun[]): Promise<void> {
  try {
    const services = await createAll(runs, createInProcessBus());
    for (const service of services)
      await service.app.listen({ port: service.port, host: service.host, backlog: 4096 });
    await Promise.all(services.map((service) => service.start()));
    stopOnSignal(services);
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

function stopOnSignal(services: readonly Service[]): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), drainDeadlineMs).unref();
    void stopAll(services).then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The parent that started us is gone: nobody would ever stop us.
  process.once('disconnect', stop);
}

async function stopAll(services: readonly Service[]): Promise<void> {
  await Promise.all(services.map((service) => service.app.close()));
  await Promise.all(services.map((service) => service.stop()));
}
