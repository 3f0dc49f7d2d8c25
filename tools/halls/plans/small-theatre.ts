import { circle } from '../curve.ts';
import type { HallPlan, Tier } from '../plan.ts';
import { disc, rectangle } from '../zone.ts';
import { boxPair } from './box-pair.ts';

const centre = { x: 0, y: -600 };

const stalls: Tier = {
  seats: 197,
  curve: circle(centre, 850),
  rows: 9,
  rowPitch: 92,
  seatPitch: 52,
  aisle: 110,
  edges: [-37, -13, 13, 37],
  sections: ['1F A', '1F B', '1F C'],
  grades: [{ grade: 'VIP', sections: ['1F B'], rows: [2, 6] }, { grade: 'R', rows: [1, 6] }, { grade: 'S' }],
  numbering: 'per-row',
  bays: [{ section: '1F B', row: 9, pairsPerEnd: 1 }],
  walls: rectangle(-740, 740, 0, 1300),
};

const balcony: Tier = {
  seats: 48,
  curve: circle(centre, 1990),
  rows: 3,
  rowPitch: 95,
  seatPitch: 52,
  aisle: 110,
  edges: [-15, 0, 15],
  sections: ['2F A', '2F B'],
  grades: [{ grade: 'S', rows: [1, 1] }, { grade: 'A' }],
  numbering: 'per-row',
};

export const smallTheatre: HallPlan = {
  name: 'small-theatre',
  seats: 265,
  tiers: [
    stalls,
    balcony,
    ...boxPair('1', { centre, radius: 1150, edges: [52.5, 61.5] }, 'S'),
    ...boxPair('2', { centre, radius: 1330, edges: [40.5, 48.5] }, 'S'),
  ],
  // The lighting desk stands in the middle of the last row downstairs.
  blocked: [disc(0, 990, 85)],
  stageDepth: 500,
  restrictedBeyondDegrees: 52,
};
