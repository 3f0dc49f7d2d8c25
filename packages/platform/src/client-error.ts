import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { problemDocument } from '@urr/contracts/problem-document.ts';

const reasons: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** Answers what is no HTTP request at all, where no request object exists, and closes the connection. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  // Nobody is there any more, or an earlier answer on this connection is still being written (Node keeps it there).
  const isAnswering = Reflect.get(socket, '_httpMessage') !== null && socket.bytesWritten > 0;
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) {
    socket.destroy();
    return;
  }
  const problem = problemDocument('malformed-request', { instance: randomUUID() });
  const reason = reasons[error.code ?? ''] ?? '400 Bad Request';
  const body = JSON.stringify({ ...problem, status: Number(reason.slice(0, 3)) });
  socket.end(
    `HTTP/1.1 ${reason}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
  );
}
