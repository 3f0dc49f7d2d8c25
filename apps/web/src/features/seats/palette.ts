/** Outline of a free seat; grades differ by it as well as by colour. */
export type SeatShape = 'circle' | 'square' | 'diamond' | 'hexagon' | 'triangle' | 'cross';

/** How the seats of a grade look in the light and in the dark. */
export interface GradeLook {
  readonly light: string;
  readonly dark: string;
  readonly shape: SeatShape;
}

// Each is at least 3:1 against every ground of its theme and 4.5:1 against the letter on it.
const looks: readonly GradeLook[] = [
  { light: '#b0206a', dark: '#ff8fc0', shape: 'circle' },
  { light: '#1c5cb8', dark: '#8ab8ff', shape: 'square' },
  { light: '#0f7048', dark: '#67d39d', shape: 'diamond' },
  { light: '#974a00', dark: '#f3ae62', shape: 'hexagon' },
  { light: '#6338ab', dark: '#c8a9ff', shape: 'triangle' },
  { light: '#0b6a76', dark: '#69d1de', shape: 'cross' },
];

/** Look of a grade by its index in the hall. */
export function gradeLook(grade: number): GradeLook {
  return looks[grade % looks.length] ?? { light: '#1b1a1f', dark: '#f4f1ec', shape: 'circle' };
}

/** Every look there is. */
export const gradeLooks: readonly GradeLook[] = looks;

/** The letter on a seat of a grade. */
export function gradeLetter(grade: string): string {
  return grade.slice(0, 1);
}

/** Corners of a shape inside the square from −1 to 1; a circle has none. */
export function shapeCorners(shape: SeatShape): readonly (readonly [number, number])[] {
  switch (shape) {
    case 'circle':
      return [];
    case 'square':
      return [
        [-0.86, -0.86],
        [0.86, -0.86],
        [0.86, 0.86],
        [-0.86, 0.86],
      ];
    case 'diamond':
      return [
        [0, -1.08],
        [1.08, 0],
        [0, 1.08],
        [-1.08, 0],
      ];
    case 'hexagon':
      return [
        [-0.55, -0.95],
        [0.55, -0.95],
        [1.05, 0],
        [0.55, 0.95],
        [-0.55, 0.95],
        [-1.05, 0],
      ];
    case 'triangle':
      return [
        [0, -1.1],
        [1.1, 0.85],
        [-1.1, 0.85],
      ];
    case 'cross':
      return [
        [-0.4, -1],
        [0.4, -1],
        [0.4, -0.4],
        [1, -0.4],
        [1, 0.4],
        [0.4, 0.4],
        [0.4, 1],
        [-0.4, 1],
        [-0.4, 0.4],
        [-1, 0.4],
        [-1, -0.4],
        [-0.4, -0.4],
      ];
  }
}
