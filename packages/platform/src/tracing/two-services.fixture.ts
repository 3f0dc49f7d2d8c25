import { routeContract } from '@urr/contracts/route-contract.ts';
import { callRoute } from '@urr/contracts/call-route.ts';
import { topology, type WorkloadName } from '@urr/contracts/topology.ts';
import { Type } from 'typebox';
import type { Environment } from '../config.ts';
import { createInProcessBus, type EventBus } from '../event-bus.ts';
import { hostService } from '../host-service.ts';
import { createIdentityCheck } from '../identity.ts';
import { createLogger } from '../logger.ts';
import { Secret } from '../secret.ts';
import { createServer } from '../server.ts';
import { serve } from '../serve.ts';
import type { Service, SharedParts } from '../service.ts';
import { activeStep } from './tracing.ts';

const answer = Type.Object({ traceId: Type.String(), traceparent: Type.String(), tracestate: Type.String() });
const shared = { access: 'public', limit: 'general', success: { status: 200, body: answer } } as const;

/** Answers which trace it is part of. */
export const whichTrace = routeContract({
  ...shared,
  name: 'whichTrace',
  summary: 'Which trace this is',
  method: 'POST',
  path: '/which-trace/:id',
  service: 'ticket-service',
  params: Type.Object({ id: Type.String() }),
  body: Type.Object({ status: Type.Optional(Type.Integer()) }),
  refusals: [],
});

/** Asks the other service. */
export const askOther = routeContract({
  ...shared,
  name: 'askOther',
  summary: 'Ask the other service',
  method: 'POST',
  path: '/ask-other',
  service: 'payment-service',
  body: Type.Object({ origin: Type.String() }),
  refusals: [],
});

type Serve = (app: Parameters<typeof serve>[0], environment: Environment) => void;

const serveTicket: Serve = (deps) =>
  serve(deps, whichTrace, ({ request, body }) => {
    if (body.status === 500) throw new Error('defect');
    return {
      traceId: activeStep()?.context?.traceId ?? '',
      traceparent: String(request.headers['traceparent'] ?? ''),
      tracestate: String(request.headers['tracestate'] ?? ''),
    };
  });

const servePayment: Serve = (deps) =>
  serve(deps, askOther, async ({ body }) => {
    // Work between the request's arrival and the call must not lose the trace.
    await new Promise((resolve) => setTimeout(resolve, 2));
    const result = await callRoute(
      whichTrace,
      { params: { id: 'secret-id' }, body: {} },
      { baseUrl: body.origin },
    );
    if (!result.ok) throw new Error('the other service refused');
    return result.body;
  });

async function start(
  name: WorkloadName,
  parts: { readonly environment: Environment; readonly bus: EventBus; readonly serve: Serve },
) {
  const { environment, bus } = parts;
  const create = async (_environment: Environment, { tracing }: SharedParts): Promise<Service> => {
    const logger = createLogger(name, 'silent');
    const { app } = createServer({ name, logger, readiness: [], tracing });
    const identify = createIdentityCheck(new Secret(Buffer.alloc(32).toString('base64')));
    parts.serve({ app, identify, internalToken: new Secret('internal') }, environment);
    return { app, port: 0, host: '127.0.0.1', start: async () => {}, stop: async () => {} };
  };
  const service = await hostService({ definition: { name, create }, environment }, bus);
  const url = await service.app.listen({ port: 0, host: '127.0.0.1' });
  await service.start();
  const stop = async () => {
    await service.app.close();
    await service.stop();
  };
  return { url, stop };
}

/** Two services in this process; the first knows the second by its `TICKET_SERVICE_URL`. */
export async function startTwoServices(settings: Environment) {
  const bus = createInProcessBus();
  const environment = { LOG_LEVEL: 'silent', ...settings };
  const ticket = await start('ticket-service', { environment, bus, serve: serveTicket });
  const known = { ...environment, [topology['ticket-service'].urlVariable]: ticket.url };
  const payment = await start('payment-service', { environment: known, bus, serve: servePayment });
  return {
    ticketUrl: ticket.url,
    paymentUrl: payment.url,
    ask: async (origin: string = ticket.url, headers: Record<string, string> = {}) => {
      const result = await callRoute(askOther, { body: { origin } }, { baseUrl: payment.url, headers });
      if (!result.ok) throw new Error(JSON.stringify(result.problem));
      return result.body;
    },
    stop: async () => {
      await Promise.all([payment.stop(), ticket.stop()]);
    },
  };
}
