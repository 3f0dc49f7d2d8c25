/** One drawn thing: an element of SVG and its attributes. */
export interface Shape {
  readonly tag: 'path' | 'circle' | 'ellipse' | 'rect';
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** A point of a drawing. */
export type Point = readonly [x: number, y: number];

/** How a line is drawn; a shape without one is filled. */
export interface Stroke {
  readonly colour: string;
  readonly width: number;
}

/** A filled disc. */
export function disc([x, y]: Point, radius: number, fill: string): Shape {
  return { tag: 'circle', attributes: { cx: short(x), cy: short(y), r: short(radius), fill } };
}

/** A circle's line. */
export function ring([x, y]: Point, radius: number, { colour, width }: Stroke): Shape {
  return {
    tag: 'circle',
    attributes: {
      cx: short(x),
      cy: short(y),
      r: short(radius),
      fill: 'none',
      stroke: colour,
      'stroke-width': short(width),
    },
  };
}

/** An ellipse's line, turned by degrees about its middle. */
export function loop([x, y]: Point, radii: Point, turn: number, { colour, width }: Stroke): Shape {
  return {
    tag: 'ellipse',
    attributes: {
      cx: short(x),
      cy: short(y),
      rx: short(radii[0]),
      ry: short(radii[1]),
      fill: 'none',
      stroke: colour,
      'stroke-width': short(width),
      transform: `rotate(${short(turn)} ${short(x)} ${short(y)})`,
    },
  };
}

/** A filled rectangle. */
export function box([x, y]: Point, [width, height]: Point, fill: string, corner = 0): Shape {
  return {
    tag: 'rect',
    attributes: {
      x: short(x),
      y: short(y),
      width: short(width),
      height: short(height),
      fill,
      ...(corner > 0 && { rx: short(corner) }),
    },
  };
}

/** A filled outline. */
export function outline(d: string, fill: string): Shape {
  return { tag: 'path', attributes: { d, fill } };
}

/** A line along a path, with round ends. */
export function line(d: string, { colour, width }: Stroke): Shape {
  return {
    tag: 'path',
    attributes: { d, fill: 'none', stroke: colour, 'stroke-width': short(width), 'stroke-linecap': 'round' },
  };
}

/** A point at a distance and an angle in degrees; 0 is to the right, 90 down. */
export function around([x, y]: Point, distance: number, degrees: number): Point {
  const turn = (degrees * Math.PI) / 180;
  return [x + distance * Math.cos(turn), y + distance * Math.sin(turn)];
}

/** A point as paths write it. */
export function at([x, y]: Point): string {
  return `${short(x)} ${short(y)}`;
}

/** A number with one decimal at most: drawings are sent to readers. */
function short(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The text of a drawing. Attributes come from numbers and checked colours alone. */
export function svgText(shapes: readonly Shape[], [width, height]: Point): string {
  const drawn = shapes.map(({ tag, attributes }) => {
    const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
    return `<${tag} ${written.join(' ')}/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${drawn.join('')}</svg>`;
}
