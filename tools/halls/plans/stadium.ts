import { bowl, circle, evenEdges } from '../curve.ts';
import type { HallPlan, Tier } from '../plan.ts';
import { disc, rectangle } from '../zone.ts';

const floorCentre = { x: 0, y: -5000 };

/** Chairs put on the covered grass for the night, in ranks one behind another. */
const floor = {
  rowPitch: 95,
  seatPitch: 52,
  aisle: 200,
  numbering: 'per-section',
  walls: rectangle(-2950, 2950, 0, 5000),
} as const satisfies Partial<Tier>;

const front: Tier = {
  ...floor,
  seats: 852,
  curve: circle(floorCentre, 5750),
  rows: 11,
  edges: [-26, -17.5, -9, 0, 9, 17.5, 26],
  sections: ['FLOOR A1', 'FLOOR A2', 'FLOOR A3', 'FLOOR A4', 'FLOOR A5', 'FLOOR A6'],
  grades: [
    { grade: 'VIP', sections: ['FLOOR A2', 'FLOOR A3', 'FLOOR A4', 'FLOOR A5'] },
    { grade: 'VIP', rows: [1, 6] },
    { grade: 'R' },
  ],
};

const middle: Tier = {
  ...floor,
  seats: 790,
  curve: circle(floorCentre, 7150),
  rows: 10,
  edges: [-22, -14.5, -7.25, 0, 7.25, 14.5, 22],
  sections: ['FLOOR B1', 'FLOOR B2', 'FLOOR B3', 'FLOOR B4', 'FLOOR B5', 'FLOOR B6'],
  grades: [{ grade: 'VIP', sections: ['FLOOR B3', 'FLOOR B4'], rows: [1, 8] }, { grade: 'R' }],
};

const back: Tier = {
  ...floor,
  seats: 742,
  curve: circle(floorCentre, 8450),
  rows: 9,
  edges: [-18, -12, -6, 0, 6, 12, 18],
  sections: ['FLOOR C1', 'FLOOR C2', 'FLOOR C3', 'FLOOR C4', 'FLOOR C5', 'FLOOR C6'],
  grades: [{ grade: 'R', rows: [1, 4] }, { grade: 'S' }],
  bays: [
    { section: 'FLOOR C1', row: 9, pairsPerEnd: 2 },
    { section: 'FLOOR C6', row: 9, pairsPerEnd: 2 },
  ],
};

const lowerBowl = bowl({ centre: { x: 0, y: 300 }, radius: 5100 }, [
  { atDegrees: 26, radius: 1600 },
  { atDegrees: 70, radius: 9000 },
]);

function numbered(stand: string, blocks: readonly number[]): string[] {
  return blocks.map((block) => `${stand}${block}`);
}

/** West, south and east stands; the north stand is behind the stage and closed. */
const stands: Tier = {
  seats: 2516,
  curve: lowerBowl,
  rows: 9,
  rowPitch: 80,
  seatPitch: 50,
  aisle: 120,
  edges: [
    ...evenEdges(lowerBowl, [-97, -66], 4),
    ...evenEdges(lowerBowl, [-26, 26], 6),
    ...evenEdges(lowerBowl, [66, 97], 4),
  ],
  sections: [
    ...numbered('W', [1, 2, 3, 4]),
    'SW',
    ...numbered('S', [1, 2, 3, 4, 5, 6]),
    'SE',
    ...numbered('E', [4, 3, 2, 1]),
  ],
  grades: [
    { grade: 'R', sections: ['W2', 'W3', 'E2', 'E3'], rows: [1, 4] },
    { grade: 'A', sections: ['W1', 'E1'] },
    { grade: 'S', sections: ['W2', 'W3', 'W4', 'E2', 'E3', 'E4'] },
    { grade: 'S', rows: [1, 5] },
    { grade: 'A' },
  ],
  numbering: 'per-section',
  bays: [
    { section: 'W3', row: 1, pairsPerEnd: 2 },
    { section: 'E3', row: 1, pairsPerEnd: 2 },
  ],
  doorways: [{ rows: [5, 7], width: 210, sections: ['W2', 'W4', 'S1', 'S3', 'S4', 'S6', 'E4', 'E2'] }],
};

export const stadium: HallPlan = {
  name: 'stadium',
  seats: 4900,
  tiers: [front, middle, back, stands],
  // A runway from the stage to a round second stage.
  clear: [rectangle(-300, 300, 0, 1900), disc(0, 2250, 560)],
  // Mixing desk and follow spots on the floor, a camera stand in the south stand.
  blocked: [rectangle(-420, 420, 4000, 4330), rectangle(-170, 170, 5850, 5960)],
  stageDepth: 1500,
  restrictedBeyondDegrees: 60,
};
