/** Colours of a poster: what the organiser chose, and what is mixed from it. `#rrggbb`. */
export interface PosterColours {
  readonly background: string;
  readonly motif: string;
  readonly accent: string;
  /** Between background and motif: what lies further away. */
  readonly faint: string;
  readonly soft: string;
  /** Of letters on the background; at least 4.5 to 1. */
  readonly ink: string;
}

const black = '#14121a';
const white = '#ffffff';

/** Gives the colours of a palette their parts; what a short palette lacks is mixed from what it has. */
export function coloursOf(palette: readonly string[]): PosterColours {
  const background = palette[0] ?? '#1f2a44';
  const other = contrast(background, white) > contrast(background, black) ? white : black;
  const motif = palette[1] ?? mixed(background, other, 0.55);
  const accent = palette[2] ?? mixed(background, other, 0.85);
  return {
    background,
    motif,
    accent,
    faint: mixed(background, motif, 0.22),
    soft: mixed(background, motif, 0.55),
    ink: inkOn(background, [accent, motif], other),
  };
}

/** Contrast of two colours, from 1 to 21, as WCAG counts it. */
export function contrast(one: string, two: string): number {
  const [light, dark] = [luminance(one), luminance(two)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** A colour on the way from one to another; 0 is the first, 1 the second. */
export function mixed(from: string, to: string, share: number): string {
  const target = channelsOf(to);
  const parts = channelsOf(from).map((value, index) => value + ((target[index] ?? 0) - value) * share);
  return `#${parts.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

function inkOn(background: string, wanted: readonly string[], other: string): string {
  return wanted.find((colour) => contrast(colour, background) >= 4.5) ?? other;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(colour).map((value) => {
    const share = value / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channelsOf(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}
