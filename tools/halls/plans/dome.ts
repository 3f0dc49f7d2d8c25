import { bowl, circle, evenEdges } from '../curve.ts';
import type { Grade, HallPlan, Tier } from '../plan.ts';
import { disc, rectangle } from '../zone.ts';

const floorCentre = { x: 0, y: -5500 };

const floor = {
  rowPitch: 92,
  seatPitch: 50,
  aisle: 190,
  numbering: 'per-section',
  walls: disc(0, 2700, 3480),
} as const satisfies Partial<Tier>;

type Rank = {
  name: string;
  seats: number;
  radius: number;
  rows: number;
  edges: readonly number[];
  grade: Grade;
};

function floorRank({ name, grade, radius, ...rank }: Rank): Tier {
  const sections = rank.edges.slice(1).map((_, block) => `FLOOR ${name}${block + 1}`);
  return { ...floor, ...rank, curve: circle(floorCentre, radius), sections, grades: [{ grade }] };
}

const ranks: readonly Tier[] = [
  floorRank({
    name: 'A',
    seats: 930,
    radius: 6200,
    rows: 11,
    edges: [-28, -19, -9.5, 0, 9.5, 19, 28],
    grade: 'VIP',
  }),
  floorRank({
    name: 'B',
    seats: 1150,
    radius: 7450,
    rows: 11,
    edges: [-26, -17, -8.5, 0, 8.5, 17, 26],
    grade: 'VIP',
  }),
  floorRank({
    name: 'C',
    seats: 1210,
    radius: 8700,
    rows: 11,
    edges: [-22, -14.5, -7.3, 0, 7.3, 14.5, 22],
    grade: 'R',
  }),
  floorRank({
    name: 'D',
    seats: 892,
    radius: 9950,
    rows: 9,
    edges: [-17.5, -11.5, -5.8, 0, 5.8, 11.5, 17.5],
    grade: 'R',
  }),
];

/** An oval of four radii, open behind the stage. */
const oval = bowl({ centre: { x: 0, y: 2300 }, radius: 4300 }, [
  { atDegrees: 40, radius: 3000 },
  { atDegrees: 75, radius: 5200 },
  { atDegrees: 110, radius: 3000 },
]);

function numbered(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${first + index}`);
}

const ring = {
  curve: oval,
  seatPitch: 50,
  aisle: 110,
  numbering: 'per-section',
} as const satisfies Partial<Tier>;

const lowerRing: Tier = {
  ...ring,
  seats: 4360,
  rows: 13,
  rowPitch: 82,
  edges: evenEdges(oval, [-128, 128], 24),
  sections: numbered(101, 24),
  grades: [
    { grade: 'A', sections: ['101', '102', '123', '124'] },
    { grade: 'S', sections: ['103', '104', '121', '122'] },
    { grade: 'R', rows: [1, 9] },
    { grade: 'S' },
  ],
  bays: numbered(106, 14).map((section) => ({ section, row: 13, pairsPerEnd: 1 })),
  doorways: [{ rows: [6, 9], width: 220, sections: numbered(102, 22).filter((_, index) => index % 3 === 0) }],
};

const upperCurve = bowl({ centre: { x: 0, y: 2300 }, radius: 5750 }, [
  { atDegrees: 40, radius: 4450 },
  { atDegrees: 75, radius: 6650 },
  { atDegrees: 110, radius: 4450 },
]);

/** The second floor: drawn behind the first, in truth above its last rows. */
const upperRing: Tier = {
  ...ring,
  curve: upperCurve,
  seats: 6458,
  rows: 15,
  rowPitch: 84,
  edges: evenEdges(upperCurve, [-118.5, 118.5], 30),
  sections: numbered(201, 30),
  walkways: [{ afterRow: 8, depth: 70 }],
  grades: [
    { grade: 'A', sections: ['201', '202', '203', '228', '229', '230'] },
    { grade: 'S', rows: [1, 8] },
    { grade: 'A' },
  ],
  doorways: [{ rows: [6, 8], width: 220, sections: numbered(202, 28).filter((_, index) => index % 2 === 0) }],
};

export const dome: HallPlan = {
  name: 'dome',
  seats: 15_000,
  tiers: [...ranks, lowerRing, upperRing],
  // A runway from the stage to a round second stage.
  clear: [rectangle(-320, 320, 0, 2900), disc(0, 3000, 640)],
  // Mixing desks and the long camera.
  blocked: [rectangle(-430, 430, 4880, 5200), rectangle(-200, 200, 6590, 6770)],
  // The roof stands on eight masts; four come down inside the upper ring.
  pillars: [
    { x: -4760, y: 6080 },
    { x: 4760, y: 6080 },
    { x: -5900, y: 2900 },
    { x: 5900, y: 2900 },
  ],
  stageDepth: 1500,
  restrictedBeyondDegrees: 70,
};
