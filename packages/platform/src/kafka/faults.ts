/** True when a broker answered with this code of the protocol, alone or among others. */
export function isProtocolError(error: unknown, id: string): boolean {
  if (!(error instanceof Error)) return false;
  if (Reflect.get(error, 'apiId') === id) return true;
  const parts: unknown = Reflect.get(error, 'errors');
  return (
    (Array.isArray(parts) && parts.some((part) => isProtocolError(part, id))) ||
    isProtocolError(error.cause, id)
  );
}

/** An error and those it consists of, in one line: the client says only at the innermost what happened. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const parts: unknown = Reflect.get(error, 'errors');
  const inner = Array.isArray(parts) && parts.length > 0 ? parts.at(-1) : error.cause;
  const reason = inner === undefined ? '' : reasonOf(inner);
  // Who wrapped an error may have said its reason already.
  return error.message.endsWith(reason) ? error.message : `${error.message} ${reason}`;
}
