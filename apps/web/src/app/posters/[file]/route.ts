import { drawPoster } from '../../../features/posters/draw-poster.ts';
import { readPosterAddress } from '../../../features/posters/poster-address.ts';

/** Draws the picture an address asks for; the same address is the same picture for good. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ file: string }> },
): Promise<Response> {
  const { file } = await params;
  const asked = readPosterAddress(file, new URL(request.url).searchParams.get('c'));
  if (asked === undefined) return new Response(null, { status: 404 });
  return new Response(drawPoster(asked.slug, asked.palette), {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    },
  });
}
