import { coloursOf } from './colours.ts';
import { drawArches } from './motifs/arches.ts';
import { drawBlocks } from './motifs/blocks.ts';
import { drawBotanical } from './motifs/botanical.ts';
import { drawHalftone } from './motifs/halftone.ts';
import { drawMoon } from './motifs/moon.ts';
import type { Motif } from './motifs/motif.ts';
import { drawOrbits } from './motifs/orbits.ts';
import { drawRays } from './motifs/rays.ts';
import { drawRibbons } from './motifs/ribbons.ts';
import { drawWaves } from './motifs/waves.ts';
import { oneOf, randomFrom } from './seeded-random.ts';
import { box, type Point, svgText } from './shapes.ts';

const motifs = {
  waves: drawWaves,
  orbits: drawOrbits,
  moon: drawMoon,
  rays: drawRays,
  botanical: drawBotanical,
  blocks: drawBlocks,
  halftone: drawHalftone,
  arches: drawArches,
  ribbons: drawRibbons,
} as const satisfies Readonly<Record<string, Motif>>;

/** Names of what posters show. */
export type MotifName = keyof typeof motifs;

const anyMotif = [
  'blocks',
  'halftone',
  'arches',
  'ribbons',
  'waves',
  'orbits',
  'rays',
  'moon',
  'botanical',
] as const;

/** Words of a slug that ask for a motif. */
const wanted: readonly (readonly [RegExp, MotifName])[] = [
  [/^(orbit|space|stars?$|planet|cosm|galax)/, 'orbits'],
  [/^(moon|luna|night|midnight)/, 'moon'],
  [/^(orchard|garden|flower|forest|leaf|bloom)/, 'botanical'],
  [/^(static|noise|tide|echo|sound|radio)/, 'ribbons'],
  [/^(seas?$|ocean|waves?$|river|lake|island)/, 'waves'],
  [/^(dusk|dawn|sun|summer)/, 'rays'],
];

/** What the poster of an event shows: what its name asks for, otherwise what chance gives that name. */
export function motifOf(slug: string): MotifName {
  return askedFor(slug) ?? oneOf(randomFrom(`motif ${slug}`), anyMotif);
}

/** Draws the picture of a poster as SVG: the same for the same slug, palette and size. */
export function drawPoster(
  slug: string,
  palette: readonly string[],
  [width, height]: Point = [600, 600],
): string {
  const random = randomFrom(slug);
  const given = coloursOf(palette);
  // Series that share a palette differ; a motif that was asked for keeps the colours it was given.
  const isTurned = askedFor(slug) === undefined && random() < 0.4;
  const colours = isTurned ? coloursOf([given.background, given.accent, given.motif]) : given;
  return svgText(
    [
      box([0, 0], [width, height], colours.background),
      ...motifs[motifOf(slug)]({ width, height, colours, random }),
    ],
    [width, height],
  );
}

function askedFor(slug: string): MotifName | undefined {
  const words = slug.split('-');
  return wanted.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1];
}
