import type { FastifyRequest } from 'fastify';

/** The host the client asked for. */
export function originalHost(request: FastifyRequest): string {
  return request.headers.host ?? '';
}
