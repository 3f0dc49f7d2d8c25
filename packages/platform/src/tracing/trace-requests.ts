import type { FastifyInstance, FastifyRequest } from 'fastify';
import { runInStep, type TraceStep, type Tracing } from './tracing.ts';

/** Makes every request of a server a step of a trace, from before its first check to the end of its answer. */
export function traceRequests(app: FastifyInstance, tracing: Tracing): void {
  if (!tracing.isRecording) return handOnOnly(app, tracing);
  const steps = new WeakMap<FastifyRequest, TraceStep>();
  const resume = (request: FastifyRequest, _reply: unknown, done: () => void) => {
    const step = steps.get(request);
    if (step === undefined) done();
    else runInStep(step, done);
  };
  app.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url;
    if (route !== undefined && isOperators(route)) return done();
    const step = tracing.beginRequest({ method: request.method, route, headers: request.headers });
    steps.set(request, step);
    reply.raw.once('close', () => {
      const fault = reply.raw.writableFinished ? {} : { fault: 'caller gone' };
      step.end({ status: reply.raw.statusCode, ...fault });
    });
    runInStep(step, done);
  });
  // Reading a body and finishing an answer happen in the socket's own context.
  app.addHook('preValidation', resume);
  app.addHook('onResponse', (request, reply, done) => resume(request, reply, done));
}

// Where nothing is recorded, only handlers need the step: what they call carries it on, and what they log names it.
function handOnOnly(app: FastifyInstance, tracing: Tracing): void {
  app.addHook('preHandler', (request, _reply, done) => {
    const { method, headers, routeOptions } = request;
    runInStep(tracing.beginRequest({ method, route: routeOptions.url, headers }), done);
  });
}

// Asked every few seconds by every probe and scraper, and of no interest to anybody.
function isOperators(route: string): boolean {
  return route.startsWith('/health') || route === '/metrics';
}
