import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { openApiDocument } from '@urr/contracts/openapi.ts';
import type { FastifyInstance } from 'fastify';
import { problemsPage, problemsPagePolicy } from './problems-page.ts';

/** Everything from here: the page of the documentation asks nobody else. */
const contentPolicy = [
  "default-src 'none'",
  "base-uri 'none'",
  "connect-src 'self'",
  "font-src 'self'",
  "frame-ancestors 'none'",
  "img-src 'self' data:",
  "script-src 'self'",
  // The page sets inline styles of its own.
  "style-src 'self' 'unsafe-inline'",
].join('; ');

/** Serves the OpenAPI document at `/docs/openapi.json`, a page to read it at `/docs`, and the refusals at `/docs/problems`. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  const document = openApiDocument();
  const json = JSON.stringify(document);
  app.get('/docs/openapi.json', (_request, reply) => reply.type('application/json').send(json));
  const problems = problemsPage();
  app.get('/docs/problems', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', problemsPagePolicy)
      .send(problems),
  );
  app.get('/', (_request, reply) => reply.redirect('/docs'));
  await app.register(swagger, { mode: 'static', specification: { document: document as never } });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: contentPolicy,
    uiConfig: { validatorUrl: null, docExpansion: 'none', deepLinking: true },
  });
}
