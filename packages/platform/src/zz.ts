import { createLogger } from './logger.ts';
import { createServer } from './server.ts';
import { createServer as bare } from './zz-server.ts';
import { createPassiveTracing } from './tracing/passive-tracing.ts';
import { createOtlpTracing } from './tracing/otlp-tracing.ts';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { request } from 'node:http'; import { Agent } from 'node:http';
if (!isMainThread) {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const { url, ms } = workerData; let n = 0; const end = performance.now() + ms; let open = 32;
  const { parentPort } = await import('node:worker_threads');
  const one = () => { if (performance.now() > end) { if (--open === 0) { parentPort!.postMessage(n / ms * 1000); agent.destroy(); } return; }
    const r = request(url, { agent, method: 'POST', headers: { 'content-type': 'application/json', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' } }, (res) => { res.resume(); res.on('end', () => { n += 1; one(); }); }); r.end('{"a":1}'); };
  for (let i = 0; i < 32; i += 1) one();
} else {
  const logger = createLogger('x', 'info');
  const make = async (f: typeof createServer, tracing?: any) => { const { app } = f({ name: 'x', logger, readiness: [], tracing }); app.post('/a', async (r) => r.body); return app.listen({ port: 0, host: '127.0.0.1' }); };
  const otlp = createOtlpTracing({ service: 'ticket-service', url: 'http://127.0.0.1:9/v1/traces', probability: 1, services: new Map(), logger: createLogger('x', 'silent') });
  const urls: Record<string, string> = { bare: await make(bare as any), passive: await make(createServer, createPassiveTracing()), otlp: await make(createServer, otlp) };
  const run = (url: string, ms: number) => new Promise<number>((res) => { const w = new Worker(new URL(import.meta.url), { workerData: { url: `${url}/a`, ms } }); w.on('message', res); });
  for (const u of Object.values(urls)) await run(u, 500);
  const out: Record<string, number[]> = {};
  for (let i = 0; i < 4; i += 1) for (const [k, u] of Object.entries(urls)) (out[k] ??= []).push(Math.round(await run(u, 700)));
  console.log(out); process.exit(0);
}
