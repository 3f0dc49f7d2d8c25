import type { EventInput } from '@urr/contracts/catalog-shapes.ts';

/** A show in `hall`, on sale since a minute, or of pools when `hall` is absent. */
export function eventInput(slug: string, hall?: string): EventInput {
  const name = { ko: '별빛 홀', en: 'Starlight Hall' };
  const places =
    hall === undefined
      ? {
          pools: [
            { name: { ko: '스탠딩', en: 'Standing' }, grade: 'STANDING', quantity: 100, price: 50_000 },
          ],
        }
      : { prices: { VIP: 120_000, R: 80_000 } };
  return {
    slug,
    title: { ko: `공연 ${slug}`, en: `Show ${slug}` },
    description: { ko: '설명', en: 'Description\nof two lines' },
    artist: { slug: 'night-train', name: { ko: '밤기차', en: 'Night Train' } },
    venue: {
      ...(hall === undefined ? {} : { hall }),
      name,
      address: { ko: '부산광역시 바다로 1', en: '1 Bada-ro, Busan' },
    },
    startsAt: '+14d 19:00',
    sale: {
      opensAt: '-1m',
      endsAt: '+14d 18:00',
      lobbyMinutes: 30,
      capacity: 50,
      ratePerSecond: 10,
      threshold: 20,
      limitPerAccount: 4,
    },
    ...places,
    ageLimit: 12,
    runningMinutes: 100,
    poster: { palette: ['#112233', '#445566', '#778899'] },
  };
}
