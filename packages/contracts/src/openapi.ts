import type { TObject, TSchema } from 'typebox';
import { ProblemDocument } from './problem-document.ts';
import { type ProblemCode, problemDefinition } from './problem-table.ts';
import type { RouteContract } from './route-contract.ts';
import { publicRoutes } from './routes.ts';

type Json = Readonly<Record<string, unknown>>;

const problemSchema = { $ref: '#/components/schemas/Problem' };
// What the platform itself may answer on any route.
const everywhere: readonly ProblemCode[] = [
  'malformed-request',
  'rate-limited',
  'internal-error',
  'upstream-unavailable',
  'overloaded',
  'deadline-exceeded',
];

/** The OpenAPI 3.1 document of every public route, made from the contracts. */
export function openApiDocument(routes: readonly RouteContract[] = publicRoutes): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'URR',
      version: '1.0.0',
      description:
        'Every path also answers under /api instead of /api/v1. Refusals are problem documents (RFC 9457).',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map((route) => route.service))].map((name) => ({ name })),
    paths,
    components: { schemas: { Problem: plain(ProblemDocument) }, securitySchemes },
  };
}

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'access_token' },
};

function operationOf(route: RouteContract): Json {
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.service],
    ...(route.access === 'public' ? {} : { security: [{ bearer: [] }, { cookie: [] }] }),
    'x-access': route.access,
    'x-limit-class': route.limit,
    parameters: parametersOf(route),
    ...(route.body === undefined ? {} : { requestBody: bodyOf(route.body) }),
    ...(route.rawBody === undefined ? {} : { requestBody: rawBodyOf(route.rawBody) }),
    responses: responsesOf(route),
  };
}

function parametersOf(route: RouteContract): Json[] {
  const headers: Json[] = [];
  if (route.entry === true) headers.push(headerOf('X-Queue-Entry-Token', 'Else the cookie urr-entry-token'));
  if (route.idempotent === true)
    headers.push(
      headerOf(
        'Idempotency-Key',
        'A repeat acts once; its answer is the first one, of a hold the hold as it is now',
      ),
    );
  return [...fieldsOf(route.params, 'path'), ...fieldsOf(route.query, 'query'), ...headers];
}

function fieldsOf(schema: TObject | undefined, place: 'path' | 'query'): Json[] {
  const required = new Set<string>(schema?.required ?? []);
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: plain(property),
  }));
}

function headerOf(name: string, description: string): Json {
  return { name, in: 'header', required: false, description, schema: { type: 'string' } };
}

function bodyOf(schema: TSchema): Json {
  return { required: true, content: { 'application/json': { schema: plain(schema) } } };
}

function rawBodyOf(types: readonly string[]): Json {
  return { required: true, content: Object.fromEntries(types.map((type) => [type, {}])) };
}

function responsesOf(route: RouteContract): Json {
  const responses: Record<string, Json> = { [route.success.status]: successOf(route) };
  for (const [status, codes] of refusalsByStatus(route)) {
    responses[status] = {
      description: codes.map((code) => `\`${code}\` ${problemDefinition(code).title.en}`).join('\n\n'),
      content: { 'application/problem+json': { schema: problemSchema } },
    };
  }
  return responses;
}

function successOf(route: RouteContract): Json {
  const { body, contentType } = route.success;
  if (body !== undefined)
    return {
      description: route.summary,
      content: { [contentType ?? 'application/json']: { schema: plain(body) } },
    };
  if (contentType !== undefined) return { description: route.summary, content: { [contentType]: {} } };
  return { description: route.summary };
}

function refusalsByStatus(route: RouteContract): Map<number, ProblemCode[]> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set([...route.refusals, ...sharedRefusals(route)])) {
    const { status } = problemDefinition(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return byStatus;
}

function sharedRefusals(route: RouteContract): ProblemCode[] {
  const codes = [...everywhere];
  if (route.access !== 'public') codes.push('unauthenticated');
  if (route.access === 'organiser' || route.access === 'admin') codes.push('forbidden');
  if (route.method !== 'GET') codes.push('cross-site-refused');
  if (route.params !== undefined || route.query !== undefined || route.body !== undefined)
    codes.push('invalid-input');
  if (route.body !== undefined || route.rawBody !== undefined)
    codes.push('payload-too-large', 'unsupported-media-type');
  if (route.idempotent === true) codes.push('idempotency-key-reused', 'request-in-flight');
  return codes;
}

// Schemas carry their types in hidden members; a document is JSON alone.
function plain(schema: TSchema): unknown {
  return JSON.parse(JSON.stringify(schema));
}
