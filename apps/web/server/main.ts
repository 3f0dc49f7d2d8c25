import { createServer } from 'node:http';
import path from 'node:path';
import next from 'next';
import { createLinePages } from '../line/server/serve-line.ts';
import { boundPages } from './bound-pages.ts';
import { boundReaders } from './bound-readers.ts';
import { webConfig } from './config.ts';
import { takesPageRequest } from './page-request.ts';
import { createRelay, isApiPath, wayOf } from './relay.ts';

const config = webConfig();
const application = next({ dev: config.WEB_DEVELOPMENT, dir: path.join(import.meta.dirname, '..') });
await application.prepare();
const pages = boundPages(application.getRequestHandler(), config.WEB_MAX_PAGES);
const gateway = { gatewayUrl: config.GATEWAY_SERVICE_URL, frontendSecret: config.FRONTEND_SECRET };
const relay = createRelay(gateway);
const line = createLinePages({ ...gateway, publicOrigin: config.WEB_PUBLIC_ORIGIN });

const answer = boundReaders((request, response) => {
  const url = request.url ?? '';
  if (url === '/health' || url.startsWith('/health/')) {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"status":"ok","service":"frontend"}');
  } else if (isApiPath(url)) {
    relay(request, response);
  } else if (takesPageRequest(request, response) && !line(request, response)) {
    request.headers['x-forwarded-for'] = wayOf(request);
    void pages(request, response);
  }
});
const server = createServer(
  {
    keepAliveTimeout: 75_000,
    requestTimeout: 30_000,
    // The pages' framework listens for upgrades on whatever server it is used with, and answers most of them never.
    shouldUpgradeCallback: () => config.WEB_DEVELOPMENT,
  },
  (request, response) => void answer(request, response),
);
// A connection on which nothing moves; streams beat every 15 s.
server.timeout = 90_000;
if (config.WEB_DEVELOPMENT) {
  const upgrade = application.getUpgradeHandler();
  server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head));
}
server.listen(config.PORT, config.HOST);

function stop(): void {
  server.close(() => void application.close().finally(() => process.exit(0)));
  server.closeIdleConnections();
  // What still streams has had its notice: a stream reconnects by itself.
  setTimeout(() => server.closeAllConnections(), 2_000).unref();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
process.once('disconnect', stop);
