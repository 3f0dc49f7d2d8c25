const firstMs = 1_000;
const growth = 1.5;
const mostMs = 15_000;
/** Past this the page stops by itself; the work at the server goes on. */
const wholeMs = 10 * 60_000;

/** Milliseconds to wait before look number `look` (from 0): longer each time; undefined when it has looked long enough. */
export function pollDelayMs(look: number): number | undefined {
  let sum = 0;
  for (let index = 0; index < look; index++) sum += delayMs(index);
  return sum >= wholeMs ? undefined : delayMs(look);
}

function delayMs(look: number): number {
  return Math.min(mostMs, Math.round(firstMs * growth ** look));
}
