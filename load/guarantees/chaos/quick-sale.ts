import type { Fan } from '../../drill/population.ts';

/** A sale that is over soon. */
export const quickSale = {
  seats: 100,
  fans: 220,
  silentBuyers: 24,
  drill: { lobbyMs: 5_000, recast: hasten },
} as const;

/** Whoever waits for a hold to run out would make a short sale a long one. */
export function hasten(fan: Fan): Fan {
  const isSlow = fan.profile.abandonment === 'lets-expire';
  return isSlow ? { ...fan, profile: { ...fan.profile, abandonment: 'cancels' } } : fan;
}
