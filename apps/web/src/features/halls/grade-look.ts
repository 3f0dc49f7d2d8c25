/** How the places of a grade are drawn: never told apart by colour alone. */
export interface GradeLook {
  readonly stroke: string;
  readonly cap: 'round' | 'square';
  readonly isHollow: boolean;
}

const known = ['VIP', 'R', 'S', 'A'];
const looks: readonly GradeLook[] = [
  { stroke: 'var(--accent)', cap: 'round', isHollow: false },
  { stroke: 'var(--good)', cap: 'square', isHollow: false },
  { stroke: 'var(--warn)', cap: 'round', isHollow: true },
  { stroke: 'var(--muted)', cap: 'square', isHollow: true },
];
const other: GradeLook = { stroke: 'var(--edge)', cap: 'round', isHollow: false };

/** The look of a grade. */
export function gradeLook(grade: string): GradeLook {
  return looks[known.indexOf(grade)] ?? other;
}
