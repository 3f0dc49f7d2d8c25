import type { FastifyRequest } from 'fastify';

/** The JSON body, or undefined when it is none: the schema check which follows refuses that too. */
export function readJson(request: FastifyRequest): unknown {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(String(request.body));
  } catch {
    return undefined;
  }
}

export function readForm(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(typeof request.body === 'string' ? request.body : '');
}

export function textField(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' ? value : undefined;
}
