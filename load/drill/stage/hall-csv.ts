interface RowPlan {
  readonly radius: number;
  readonly seats: number;
}

/** Centimetres. */
const frontRadius = 900;
const rowPitch = 95;
const seatPitch = 52;
const halfAngle = 1.05;
const aisle = 120;
const sections = ['A', 'B', 'C', 'D', 'E'] as const;

/** A hall of exactly `seats` places on arcs about the stage, dearest in front, as an organiser's CSV. */
export function hallCsv(seats: number): string {
  const rows = planRows(seats);
  const lines = rows.flatMap((row, index) => rowLines(row, index + 1, gradeOf(index / rows.length)));
  return `section,row,seat,grade,x,y,flags\n${lines.join('\n')}\n`;
}

/** Grades of the hall and their prices in won. */
export const hallPrices = { VIP: 176_000, R: 143_000, S: 121_000, A: 88_000 } as const;

function gradeOf(depth: number): keyof typeof hallPrices {
  if (depth < 0.15) return 'VIP';
  if (depth < 0.45) return 'R';
  return depth < 0.75 ? 'S' : 'A';
}

function planRows(seats: number): RowPlan[] {
  const rows: RowPlan[] = [];
  for (let left = seats; left > 0;) {
    const radius = frontRadius + rows.length * rowPitch;
    const fitting = sections.length * Math.floor((blockAngle() * radius - aisle) / seatPitch);
    rows.push({ radius, seats: Math.min(left, fitting) });
    left -= fitting;
  }
  return rows;
}

function blockAngle(): number {
  return (2 * halfAngle) / sections.length;
}

function rowLines(row: RowPlan, number: number, grade: string): string[] {
  return sections.flatMap((section, block) => {
    const first = Math.floor((row.seats * block) / sections.length);
    const count = Math.floor((row.seats * (block + 1)) / sections.length) - first;
    const middle = -halfAngle + blockAngle() * (block + 0.5);
    return Array.from({ length: count }, (_, seat) => {
      const angle = middle + ((seat - (count - 1) / 2) * seatPitch) / row.radius;
      const x = (row.radius * Math.sin(angle)).toFixed(1);
      const y = (row.radius * Math.cos(angle)).toFixed(1);
      return `${section},${number},${seat + 1},${grade},${x},${y},`;
    });
  });
}
