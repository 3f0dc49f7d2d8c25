import { readEvent } from '../../../../features/event/read-event.ts';
import { shareImage, shareSize } from '../../../../features/posters/share-image.tsx';

export const size = shareSize;
export const contentType = 'image/png';

export default async function ShareImage({
  params,
}: {
  readonly params: Promise<{ locale: string; slug: string }>;
}): Promise<Response> {
  const event = await readEvent((await params).slug);
  if (event === undefined) return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
  const { slug, poster, startsAt, title } = event;
  return shareImage({ slug, palette: poster.palette, title: title.en, startsAt });
}
