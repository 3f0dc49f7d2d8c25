import proxy from '@fastify/http-proxy';
import { fastify } from 'fastify';
import { serveUntilParentEnds } from './end-with-parent.ts';

// The reference of forwarding: @fastify/http-proxy as its README shows it, with nothing checked.
const app = fastify({ keepAliveTimeout: 75_000 });
await app.register(proxy, { upstream: process.env['UPSTREAM_URL'] ?? '' });
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1', backlog: 4096 });
serveUntilParentEnds(() => void app.close());
