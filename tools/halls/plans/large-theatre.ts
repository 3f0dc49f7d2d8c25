import { circle } from '../curve.ts';
import type { HallPlan, Tier } from '../plan.ts';
import { rectangle } from '../zone.ts';
import { boxPair } from './box-pair.ts';

const centre = { x: 0, y: -1500 };

const house = { rowPitch: 95, seatPitch: 54, numbering: 'per-row' } as const satisfies Partial<Tier>;

/** Two rows on the lift of the orchestra pit, sold when the band plays elsewhere. */
const pit: Tier = {
  ...house,
  seats: 46,
  curve: circle(centre, 1680),
  rows: 2,
  aisle: 120,
  edges: [-25, 0, 25],
  sections: ['OP L', 'OP R'],
  grades: [{ grade: 'VIP' }],
};

const stalls: Tier = {
  ...house,
  seats: 694,
  curve: circle(centre, 1950),
  rows: 17,
  aisle: 120,
  edges: [-37, -22.5, -8.5, 8.5, 22.5, 37],
  sections: ['1F A', '1F B', '1F C', '1F D', '1F E'],
  walkways: [{ afterRow: 12, depth: 90 }],
  grades: [
    { grade: 'VIP', sections: ['1F B', '1F C', '1F D'], rows: [1, 12] },
    { grade: 'R', sections: ['1F B', '1F C', '1F D'] },
    { grade: 'R', rows: [1, 10] },
    { grade: 'S' },
  ],
  bays: [
    { section: '1F B', row: 12, pairsPerEnd: 1 },
    { section: '1F C', row: 12, pairsPerEnd: 1 },
    { section: '1F D', row: 12, pairsPerEnd: 1 },
  ],
  walls: rectangle(-1300, 1300, 0, 2400),
};

const firstBalcony: Tier = {
  ...house,
  seats: 296,
  curve: circle(centre, 4100),
  rows: 7,
  aisle: 120,
  edges: [-20, -10.5, 0, 10.5, 20],
  sections: ['2F A', '2F B', '2F C', '2F D'],
  grades: [
    { grade: 'R', sections: ['2F B', '2F C'], rows: [1, 3] },
    { grade: 'S', rows: [1, 6] },
    { grade: 'A' },
  ],
  doorways: [{ rows: [5, 7], width: 190, sections: ['2F B', '2F C'] }],
  walls: rectangle(-1400, 1400, 2400, 3400),
};

const secondBalcony: Tier = {
  ...house,
  seats: 174,
  curve: circle(centre, 5150),
  rows: 4,
  aisle: 120,
  edges: [-15, -5, 5, 15],
  sections: ['3F A', '3F B', '3F C'],
  grades: [{ grade: 'S', sections: ['3F B'], rows: [1, 1] }, { grade: 'A' }],
  walls: rectangle(-1330, 1330, 3400, 4400),
};

export const largeTheatre: HallPlan = {
  name: 'large-theatre',
  seats: 1250,
  tiers: [
    pit,
    stalls,
    firstBalcony,
    secondBalcony,
    ...boxPair('1', { centre, radius: 2330, edges: [39, 43.3] }, 'S'),
    ...boxPair('2', { centre, radius: 2560, edges: [34.3, 38.2] }, 'S'),
    ...boxPair('3', { centre, radius: 2810, edges: [30.6, 34.1] }, 'R'),
    ...boxPair('4', { centre, radius: 3080, edges: [27.6, 30.8] }, 'R'),
  ],
  // The sound desk behind the walkway, in the middle.
  blocked: [rectangle(-200, 200, 1800, 2010)],
  pillars: [
    { x: -1180, y: 1560 },
    { x: 1180, y: 1560 },
  ],
  stageDepth: 900,
  restrictedBeyondDegrees: 46,
};
