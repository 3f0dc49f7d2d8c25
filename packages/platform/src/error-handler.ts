import { type ProblemDocument, problemDocument } from '@urr/contracts/problem-document.ts';
import type { ProblemCode } from '@urr/contracts/problem-table.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseUnavailable } from './database.ts';
import { languageOf } from './language.ts';
import { Problem, type ProblemDetails } from './problem.ts';

const byFrameworkCode: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  FST_ERR_BAD_URL: 'malformed-request',
  FST_ERR_ASYNC_CONSTRAINT: 'malformed-request',
  FST_ERR_MAX_PARAM_LENGTH_EXCEEDED: 'malformed-request',
};

/** Turns whatever was thrown into the one shape of refusals. */
export function problemAnswer(
  error: unknown,
  request: Pick<FastifyRequest, 'id' | 'headers'>,
): ProblemDocument {
  const [code, details] = classify(error);
  return problemDocument(code, {
    instance: request.id,
    language: languageOf(request.headers['accept-language']),
    ...(details.retryAfter === undefined ? {} : { retryAfter: details.retryAfter }),
    ...(details.data === undefined ? {} : { data: details.data }),
  });
}

/** Sends a refusal with its headers. */
export function sendProblem(reply: FastifyReply, problem: ProblemDocument): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header('retry-after', String(problem.retryAfter));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  // Sent as text, a refusal skips the serialisation that answers of a contract need.
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}

function classify(error: unknown): [ProblemCode, ProblemDetails] {
  if (error instanceof Problem) {
    return [
      error.code,
      { ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }), data: error.data },
    ];
  }
  const validation = validationErrors(error);
  if (validation !== undefined) return ['invalid-input', { data: { errors: validation } }];
  if (isDatabaseUnavailable(error)) return ['upstream-unavailable', { retryAfter: 1 }];
  const known = error instanceof Error && 'code' in error ? byFrameworkCode[String(error.code)] : undefined;
  if (known !== undefined) return [known, {}];
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413) return ['payload-too-large', {}];
  if (status >= 400 && status < 500) return ['malformed-request', {}];
  return ['internal-error', {}];
}

function validationErrors(error: unknown): { path: string; message: string }[] | undefined {
  if (!(error instanceof Error) || !('validation' in error) || !Array.isArray(error.validation))
    return undefined;
  const part = 'validationContext' in error ? String(error.validationContext) : 'body';
  return error.validation.slice(0, 20).map((fault: { instancePath?: string; message?: string }) => ({
    path: `${part}${fault.instancePath ?? ''}`,
    message: fault.message ?? 'is not valid',
  }));
}
