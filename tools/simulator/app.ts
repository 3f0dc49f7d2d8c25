import { randomBytes } from 'node:crypto';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { addCheckoutRoutes } from './checkout-routes.ts';
import type { SimulatorConfig } from './config.ts';
import { createFaults } from './faults.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { addOperatorRoutes } from './operator-routes.ts';
import { addPaymentRoutes } from './payment-routes.ts';
import { createAnswerCall } from './provider-call.ts';
import { errorBody, errorRow, languageOf, ProviderError } from './provider-error.ts';
import { addRobotRoutes } from './robot-routes.ts';
import { createSilences } from './silences.ts';
import { createWebhookSender } from './webhooks.ts';

const bodyLimitBytes = 64 * 1024;
const maxParamLength = 256;
const tickMs = 200;
const requestTimeoutMs = 30_000;

/** Builds the simulator, its journal replayed, not listening. `onFailure`: the journal is lost, stop the process. */
export async function createSimulator(
  config: SimulatorConfig,
  onFailure: (error: Error) => void = () => undefined,
): Promise<FastifyInstance> {
  const faults = createFaults();
  const { maxPayments, publicUrl, stateDir: folder, webhookScale: scale, webhookUrl } = config;
  const ledger = await openLedger({ folder, webhookUrl, faults, onFailure });
  const app = createServer(config);
  const webhookSender = createWebhookSender({
    ledger,
    scale,
    publicUrl,
    onError: (error) => app.log.error(error),
  });
  const silences = createSilences();
  const deps = { config, ledger, faults, silences };
  addLifecycle(app, { ledger, webhookSender, silences });
  app.get('/health', (_request, reply) =>
    ledger.failure() === undefined ? { status: 'ok' } : reply.code(503).send({ status: 'journal failed' }),
  );
  addPaymentRoutes(app, { ...deps, maxPayments, answerCall: createAnswerCall(deps) });
  addRobotRoutes(app, deps);
  addOperatorRoutes(app, { ...deps, webhookSender });
  // Its own scope: this one answers in HTML.
  await app.register(async (pages) => addCheckoutRoutes(pages, deps));
  return app;
}

function createServer(config: SimulatorConfig): FastifyInstance {
  const app = Fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    logger: { level: config.logLevel, redact: ['req.headers.authorization'] },
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength },
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
  });
  // Bodies stay text: a malformed one is refused behind the idempotency store, like any other bad request.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) => sendError(new ProviderError('NOT_FOUND'), request, reply));
  return app;
}

type Lifecycle = {
  ledger: Ledger;
  webhookSender: ReturnType<typeof createWebhookSender>;
  silences: ReturnType<typeof createSilences>;
};

function addLifecycle(app: FastifyInstance, { ledger, silences, webhookSender }: Lifecycle): void {
  let tick: NodeJS.Timeout | undefined;
  let closing = false;
  app.addHook('onListen', async () => {
    tick = setInterval(() => {
      ledger.expireDue();
      webhookSender.pump();
    }, tickMs).unref();
  });
  // No answer, not even to a read, may show what a crash could still take back.
  app.addHook('onSend', async (_request, reply) => {
    if (ledger.failure() === undefined) await ledger.durable();
    reply.header('x-tosspayments-trace-id', randomBytes(16).toString('hex'));
    // A kept-alive connection which outlives its last answer would hold up the stop for a minute.
    if (closing) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async () => webhookSender.pump());
  app.addHook('preClose', async () => {
    closing = true;
    silences.close();
  });
  app.addHook('onClose', async () => {
    clearInterval(tick);
    await webhookSender.close();
    await ledger.close();
  });
}

function sendError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, detail } = refusalOf(error);
  if (code === 'FAILED_INTERNAL_SYSTEM_PROCESSING') request.log.error(error);
  return reply
    .code(errorRow(code)[0])
    .type('application/json;charset=UTF-8')
    .send(errorBody(code, languageOf(request.headers['accept-language']), detail));
}

function refusalOf(error: FastifyError | Error): { code: string; detail?: string | undefined } {
  if (error instanceof ProviderError) return { code: error.code, detail: error.detail };
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status === 413) return { code: 'PAYLOAD_TOO_LARGE' };
  if (status >= 400 && status < 500) return { code: 'INVALID_REQUEST' };
  return { code: 'FAILED_INTERNAL_SYSTEM_PROCESSING' };
}
