import { ImageResponse } from 'next/og';
import type { ReactNode } from 'react';
import { coloursOf } from './colours.ts';
import { drawPoster } from './draw-poster.ts';
import { posterTitle } from './poster-title.ts';

/** Size of the picture in pixels. */
export const shareSize = { width: 1200, height: 630 } as const;
const stripHeight = 150;

/** What the picture shows. */
export interface Shared {
  readonly slug: string;
  readonly palette: readonly string[];
  /** In English: the one font there is has no Korean, and what it lacks would be fetched from a third party. */
  readonly title: string;
  readonly startsAt: string;
}

/** The picture shown where a page is shared, as PNG: the poster's motif, and name and day on a strip of its ground. */
export function shareImage(shared: Shared): ImageResponse {
  const picture = drawPoster(shared.slug, shared.palette, [shareSize.width, shareSize.height - stripHeight]);
  return new ImageResponse(
    <div style={{ display: 'flex', flexDirection: 'column', width: '100%', height: '100%' }}>
      <img
        alt=""
        src={`data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`}
        width={shareSize.width}
        height={shareSize.height - stripHeight}
      />
      <Strip {...shared} />
    </div>,
    { ...shareSize, headers: { 'cache-control': 'public, max-age=3600, stale-while-revalidate=86400' } },
  );
}

function Strip({ title, startsAt, palette }: Shared): ReactNode {
  const { background, ink } = coloursOf(palette);
  const { name } = posterTitle(title);
  const day = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'Asia/Seoul',
  });
  return (
    <div
      style={{
        display: 'flex',
        height: stripHeight,
        padding: '0 56px',
        alignItems: 'center',
        justifyContent: 'space-between',
        background,
        color: ink,
        fontSize: 34,
      }}
    >
      <span
        style={{ fontSize: name.length > 24 ? 42 : 60, maxWidth: 800, letterSpacing: -1.5, lineHeight: 1.1 }}
      >
        {canBeSet(name) ? name : 'URR'}
      </span>
      <span>{day.format(new Date(startsAt))}</span>
    </div>
  );
}

function canBeSet(text: string): boolean {
  return text.length <= 60 && /^[\u0020-\u007e\u00a1-\u00ff\u2013\u2014\u2018-\u201d\u2026]+$/u.test(text);
}
