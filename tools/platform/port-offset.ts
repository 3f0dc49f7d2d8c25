/** Higher, and the highest port of a platform would be none. */
const mostOffset = 45_000;

/** What `PORT_OFFSET` adds to every port of the embedded platform; throws when it is not such a number. */
export function portOffsetOf(text: string | undefined): number {
  const offset = Number(text ?? '0');
  if (Number.isInteger(offset) && offset >= 0 && offset <= mostOffset) return offset;
  throw new Error(`PORT_OFFSET must be a whole number from 0 to ${mostOffset}, not "${text}"`);
}

/** Another offset to try; after the highest ones come the lowest. */
export function offsetAfter(offset: number): number {
  return (offset + 100) % mostOffset;
}
