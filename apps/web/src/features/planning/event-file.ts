import type { EventInput } from '@urr/contracts/catalog-shapes.ts';

/** Most bytes of an event's file, as the service takes them. */
export const mostEventBytes = 64 * 1024;

/** A chosen file: what it holds, or why it cannot be taken. What it says is the service's to judge. */
export type EventFile =
  | { readonly kind: 'read'; readonly body: EventInput; readonly facts: EventFileFacts }
  | { readonly kind: 'not-json'; readonly reason: string }
  | { readonly kind: 'too-large' };

/** What can be told of a file before it is sent; `undefined` where it says nothing readable. */
export interface EventFileFacts {
  readonly slug: string | undefined;
  readonly title: { readonly ko: string | undefined; readonly en: string | undefined };
  readonly hall: string | undefined;
  readonly pools: number | undefined;
}

/** Reads an event's file. */
export function readEventFile(text: string): EventFile {
  // A marker of the encoding, as some editors write it, is not JSON.
  const json = text.replace(/^\uFEFF/, '');
  if (new TextEncoder().encode(json).byteLength > mostEventBytes) return { kind: 'too-large' };
  try {
    const value: unknown = JSON.parse(json);
    if (!isRecord(value)) return { kind: 'not-json', reason: '' };
    return { kind: 'read', body: value as EventInput, facts: factsOf(value) };
  } catch (error) {
    return { kind: 'not-json', reason: error instanceof Error ? error.message : '' };
  }
}

/** A file to start from: a draft of a standing event, its times counted from the import. */
export function exampleEventFile(): string {
  const example: EventInput = {
    slug: 'my-first-show',
    title: { ko: '나의 첫 공연', en: 'My First Show' },
    description: { ko: '공연을 소개하는 글을 적습니다.', en: 'Say what the show is about.' },
    artist: { slug: 'my-artist', name: { ko: '우리 밴드', en: 'Our Band' } },
    venue: { name: { ko: '작은 클럽', en: 'Small Club' }, address: { ko: '서울특별시', en: 'Seoul' } },
    startsAt: '+30d 20:00',
    sale: {
      opensAt: '+7d 20:00',
      endsAt: '+30d 19:00',
      lobbyMinutes: 30,
      capacity: 100,
      ratePerSecond: 10,
      threshold: 50,
      limitPerAccount: 2,
    },
    pools: [{ name: { ko: '스탠딩', en: 'Standing' }, grade: 'STANDING', quantity: 300, price: 66_000 }],
    ageLimit: 8,
    runningMinutes: 120,
    poster: { palette: ['#04151f', '#00a7a5', '#efefd0'] },
  };
  return `${JSON.stringify(example, null, 2)}\n`;
}

function factsOf(file: Record<string, unknown>): EventFileFacts {
  const title = isRecord(file['title']) ? file['title'] : {};
  const venue = isRecord(file['venue']) ? file['venue'] : {};
  const { pools } = file;
  return {
    slug: textOf(file['slug']),
    title: { ko: textOf(title['ko']), en: textOf(title['en']) },
    hall: textOf(venue['hall']),
    pools: Array.isArray(pools) ? pools.length : undefined,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
