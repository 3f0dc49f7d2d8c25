/** Keys of one line, in the order every script expects them (`scripts/prelude.lua`). */
export type LineKeys = readonly [head: string, ...rest: string[]];

// Their order is that of KEYS in prelude.lua.
const parts = [
  'places',
  'earlier_slots',
  'running',
  'grants',
  'calls',
  'called',
  'holes',
  'late_claimers',
  'asked',
  'arrivals',
  'unlogged',
  'messages',
];

/** The head alone carries no incarnation: it says which one is live. The braces keep all in one slot of a cluster. */
export function lineKeys(eventId: string, incarnation: number): LineKeys {
  const head = `urr:line:{${eventId}}`;
  return [head, ...parts.map((part) => `${head}:${incarnation}:${part}`)];
}
