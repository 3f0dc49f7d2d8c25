import { keepBriefly } from '../../../../api/keep-briefly.ts';
import { readEvent } from '../../../../features/event/read-event.ts';
import { shareImage, shareSize } from '../../../../features/posters/share-image.tsx';

export const size = shareSize;
export const contentType = 'image/png';

/** Drawing one takes a twentieth of a second of a core, and the same is asked for by everybody who is sent a link. */
const keptMs = 10 * 60_000;

export default async function ShareImage({
  params,
}: {
  readonly params: Promise<{ locale: string; slug: string }>;
}): Promise<Response> {
  const event = await readEvent((await params).slug);
  if (event === undefined) return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
  const { slug, poster, startsAt, title } = event;
  const picture = { slug, palette: poster.palette, title: title.en, startsAt };
  const drawn = await keepBriefly(
    `share-image ${JSON.stringify(picture)}`,
    keptMs,
    () => shareImage(picture).arrayBuffer(),
    () => true,
  );
  return new Response(drawn, {
    headers: { 'content-type': contentType, 'cache-control': 'public, max-age=3600' },
  });
}
