/** What `PORT_OFFSET` adds to every port of the embedded platform; throws when it is not such a number. */
export function portOffsetOf(text: string | undefined): number {
  const offset = Number(text ?? '0');
  if (Number.isInteger(offset) && offset >= 0 && offset <= 45_000) return offset;
  throw new Error(`PORT_OFFSET must be a whole number from 0 to 45000, not "${text}"`);
}
