/** Raised when drawing changes: pictures are kept for a year. */
const drawing = 1;
const filePattern = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.svg$/;
const coloursPattern = /^[0-9a-f]{6}(?:-[0-9a-f]{6}){0,7}$/i;

/** The address of an event's picture. */
export function posterAddress(slug: string, palette: readonly string[]): string {
  return `/posters/${slug}.svg?c=${palette.map((colour) => colour.slice(1)).join('-')}&v=${drawing}`;
}

/** What an address asks to be drawn; undefined when it is none of ours. */
export function readPosterAddress(
  file: string,
  colours: string | null,
): { readonly slug: string; readonly palette: readonly string[] } | undefined {
  const slug = filePattern.exec(file)?.[1];
  if (slug === undefined || slug.length > 80 || colours === null || !coloursPattern.test(colours))
    return undefined;
  return { slug, palette: colours.split('-').map((colour) => `#${colour}`) };
}
