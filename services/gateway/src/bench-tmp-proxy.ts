import { fastify } from 'fastify';
import proxy from '@fastify/http-proxy';
const app = fastify();
await app.register(proxy, { upstream: 'http://127.0.0.1:4105' });
await app.listen({ port: 4103, host: '127.0.0.1' });
