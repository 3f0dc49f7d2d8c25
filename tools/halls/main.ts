import { writeFile } from 'node:fs/promises';
import { drawHall } from './draw-hall.ts';
import { plans } from './plans.ts';
import { toCsv } from './to-csv.ts';

const folder = new URL('../../data/halls/', import.meta.url);

for (const plan of plans) {
  const seats = drawHall(plan);
  await writeFile(new URL(`${plan.name}.csv`, folder), toCsv(seats));
  console.log(`${plan.name}.csv: ${seats.length} seats`);
}
