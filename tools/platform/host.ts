import { type ServiceName, topology } from '@urr/contracts/topology.ts';
import { runServices } from '@urr/platform/run-services.ts';
import type { ServiceRun } from '@urr/platform/service.ts';

// One process of the embedded platform: `node host.ts <offset> <service>…`. Only the services asked for are loaded.
const [offset = '0', ...names] = process.argv.slice(2);

const modules: Readonly<Record<ServiceName, () => Promise<ServiceRun['definition']>>> = {
  'gateway-service': async () => (await import('@urr/gateway-service/service.ts')).gatewayService,
  'ticket-service': async () => (await import('@urr/ticket-service/service.ts')).ticketService,
  'payment-service': async () => (await import('@urr/payment-service/service.ts')).paymentService,
  'auth-service': async () => (await import('@urr/auth-service/service.ts')).authService,
  'queue-service': async () => (await import('@urr/queue-service/service.ts')).queueService,
  'catalog-service': async () => (await import('@urr/catalog-service/service.ts')).catalogService,
};

async function runOf(name: ServiceName): Promise<ServiceRun> {
  const port = String(topology[name].port + Number(offset));
  return { definition: await modules[name](), environment: { ...process.env, PORT: port } };
}

if (import.meta.main)
  await runServices(await Promise.all((names as ServiceName[]).map((name) => runOf(name))));
