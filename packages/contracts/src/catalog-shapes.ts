import { type Static, Type } from 'typebox';
import { Bilingual, Grade, Nullable, Timestamp, Uuid, Won } from './primitives.ts';

// PostgreSQL takes neither NUL nor half of a surrogate pair; a line also takes no line break.
const searchPattern = '^(?=[^]*\\S)[^\\p{Cc}\\p{Cs}]*$';
// What turns the direction of the text around it is no part of a text; what joins emoji is, but is not all of one.
const turning = '\\u202a-\\u202e\\u2066-\\u2069';
const isSeen = '(?=[^]*[^\\s\\u2800\\p{Cf}\\p{Default_Ignorable_Code_Point}])';
const linePattern = `^${isSeen}[^\\p{Cc}\\p{Cs}${turning}]*$`;
const textPattern = `^${isSeen}(?:[^\\p{Cc}\\p{Cs}${turning}]|[\\n\\r\\t])*$`;

function line(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: linePattern });
}

function bilingualLine(maxLength: number) {
  return Type.Object({ ko: line(maxLength), en: line(maxLength) }, { additionalProperties: false });
}

const BilingualParagraphs = Type.Object(
  {
    ko: Type.String({ minLength: 1, maxLength: 4000, pattern: textPattern }),
    en: Type.String({ minLength: 1, maxLength: 4000, pattern: textPattern }),
  },
  { additionalProperties: false },
);

/** Name in an address: lower-case words joined by `-`. */
export const Slug = Type.String({ minLength: 1, maxLength: 80, pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' });
/** What a person typed to search by. */
export const SearchText = Type.String({ minLength: 1, maxLength: 100, pattern: searchPattern });
/** Opaque place in a list, from the page before. */
export const Cursor = Type.String({ minLength: 1, maxLength: 300, pattern: '^[A-Za-z0-9_-]+$' });
/** An instant (ISO 8601 with offset) or a distance from now: `+10m`, `-3h`, `+2d`, `+14d 19:00` (clock time in Seoul). */
export const EventTime = Type.String({ minLength: 2, maxLength: 40 });

const Price = Type.Integer({ minimum: 1, maximum: 100_000_000, description: 'Won' });

/** How one event is sold. */
export const SaleInput = Type.Object(
  {
    opensAt: EventTime,
    endsAt: EventTime,
    lobbyMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }),
    capacity: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Most buyers inside at once' }),
    ratePerSecond: Type.Integer({ minimum: 1, maximum: 100_000, description: 'Most admissions a second' }),
    threshold: Type.Integer({ minimum: 0, maximum: 10_000_000, description: 'Below it there is no line' }),
    limitPerAccount: Type.Integer({ minimum: 1, maximum: 20 }),
    slotSeconds: Type.Optional(
      Type.Integer({ minimum: 30, maximum: 3600, description: 'Time inside; 600 when absent' }),
    ),
  },
  { additionalProperties: false },
);

/** Standing or unnumbered places. */
export const PoolInput = Type.Object(
  {
    name: bilingualLine(100),
    grade: Grade,
    quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    price: Price,
  },
  { additionalProperties: false },
);

const eventFields = {
  title: bilingualLine(200),
  description: BilingualParagraphs,
  artist: Type.Object({ slug: Slug, name: bilingualLine(120) }, { additionalProperties: false }),
  venue: Type.Object(
    {
      hall: Type.Optional(Slug),
      name: bilingualLine(120),
      address: bilingualLine(300),
    },
    { additionalProperties: false },
  ),
  startsAt: EventTime,
  prices: Type.Optional(Type.Record(Grade, Price, { maxProperties: 50, additionalProperties: false })),
  pools: Type.Optional(Type.Array(PoolInput, { minItems: 1, maxItems: 50 })),
  ageLimit: Type.Integer({ minimum: 0, maximum: 120 }),
  runningMinutes: Type.Integer({ minimum: 1, maximum: 10_000 }),
  poster: Type.Object(
    {
      palette: Type.Array(Type.String({ pattern: '^#[0-9a-fA-F]{6}$' }), {
        minItems: 1,
        maxItems: 8,
        description: 'Background, motif and accent of the drawn poster',
      }),
    },
    { additionalProperties: false },
  ),
};

/** An event as its file describes it (`data/README.md`). */
export const EventInput = Type.Object(
  { slug: Slug, ...eventFields, sale: SaleInput },
  { additionalProperties: false },
);
export type EventInput = Static<typeof EventInput>;

/** Fields to change; what is absent stays. `prices` and `pools` are replaced as a whole. */
export const EventChange = Type.Partial(
  Type.Object(
    {
      ...eventFields, // Partial forgets the options of what it is made from.
      sale: Type.Partial(SaleInput, { additionalProperties: false }),
    },
    { additionalProperties: false },
  ),
  { additionalProperties: false, minProperties: 1 },
);
export type EventChange = Static<typeof EventChange>;

/** What the public sees of an event: times, stock and the organiser's decisions taken together. */
export const EventState = Type.Union([
  Type.Literal('draft'),
  Type.Literal('upcoming'),
  Type.Literal('on_sale'),
  Type.Literal('sold_out'),
  Type.Literal('ended'),
  Type.Literal('cancelled'),
]);
export type EventState = Static<typeof EventState>;

/** Places of one grade; `total` and `left` are null while they are not known. */
export const GradeOffer = Type.Object({
  grade: Grade,
  price: Won,
  total: Nullable(Type.Integer()),
  left: Nullable(Type.Integer()),
});

/** An artist. */
export const ArtistView = Type.Object({ artistId: Uuid, slug: Type.String(), name: Bilingual });
export type ArtistView = Static<typeof ArtistView>;

/** A picture an organiser uploaded for their event. */
export const EventImage = Type.Object(
  {
    address: Type.String({ description: 'Path at the origin of the API; its content never changes' }),
    width: Type.Integer(),
    height: Type.Integer(),
  },
  { description: 'Shown in place of the drawn poster; absent where there is none' },
);
export type EventImage = Static<typeof EventImage>;

const summaryFields = {
  eventId: Uuid,
  slug: Type.String(),
  state: EventState,
  title: Bilingual,
  artist: ArtistView,
  venue: Type.Object({
    hallId: Nullable(Uuid),
    name: Bilingual,
    address: Bilingual,
    city: Bilingual,
  }),
  startsAt: Timestamp,
  sale: Type.Object({
    lobbyOpensAt: Timestamp,
    opensAt: Timestamp,
    endsAt: Timestamp,
    limitPerAccount: Type.Integer(),
  }),
  minPrice: Nullable(Won),
  maxPrice: Nullable(Won),
  grades: Type.Array(GradeOffer),
  stock: Type.Object({
    asOf: Nullable(Timestamp),
    isStale: Type.Boolean({ description: 'True when ticket-service could not be asked lately' }),
  }),
  poster: Type.Object({ palette: Type.Array(Type.String()) }),
  image: Type.Optional(EventImage),
};

/** An event in a list. */
export const EventSummary = Type.Object(summaryFields);
export type EventSummary = Static<typeof EventSummary>;

/** Whether ticket-service has the event as it stands. */
export const InventoryState = Type.Union([
  Type.Literal('none', { description: 'Not published' }),
  Type.Literal('pending', { description: 'Under way; it is retried until done' }),
  Type.Literal('ready'),
  Type.Literal('refused', { description: 'The places cannot change: some are held or sold' }),
]);
export type InventoryState = Static<typeof InventoryState>;

/** One event. `organiser` is there for its organiser and for admins. */
export const EventDetail = Type.Object({
  ...summaryFields,
  description: Bilingual,
  ageLimit: Type.Integer(),
  runningMinutes: Type.Integer(),
  layout: Nullable(
    Type.Object(
      { layoutId: Uuid, version: Type.Integer(), seats: Type.Integer() },
      { description: 'The seats sold from' },
    ),
  ),
  pools: Type.Array(
    Type.Object({
      ticketTypeId: Uuid,
      name: Bilingual,
      grade: Grade,
      quantity: Type.Integer(),
      price: Won,
      left: Nullable(Type.Integer()),
    }),
  ),
  organiser: Type.Optional(
    Type.Object({
      ownerId: Uuid,
      version: Type.Integer(),
      inventory: InventoryState,
      lobbyMinutes: Type.Integer(),
      capacity: Type.Integer(),
      ratePerSecond: Type.Integer(),
      threshold: Type.Integer(),
      slotSeconds: Type.Integer(),
    }),
  ),
});
export type EventDetail = Static<typeof EventDetail>;

/** Places of one grade in a hall. */
export const GradeCount = Type.Object({ grade: Grade, seats: Type.Integer(), sellable: Type.Integer() });

/** A hall and its newest layout. */
export const HallView = Type.Object({
  hallId: Uuid,
  slug: Type.String(),
  name: Bilingual,
  layoutId: Uuid,
  version: Type.Integer(),
  seats: Type.Integer(),
  grades: Type.Array(GradeCount),
});
export type HallView = Static<typeof HallView>;

/** A fault in a hall file, or a remark on it. Lines count from 1. */
export const LineNote = Type.Object({
  line: Type.Integer(),
  column: Nullable(Type.String()),
  message: Bilingual,
});
export type LineNote = Static<typeof LineNote>;

/** What an import did, or with `dryRun` would do. Up to 100 errors and warnings are listed, all are counted. */
export const HallImportReport = Type.Object({
  dryRun: Type.Boolean(),
  accepted: Type.Boolean({ description: 'False only in a dry run; otherwise a bad file is a refusal' }),
  slug: Type.String(),
  hallId: Nullable(Uuid),
  layoutId: Nullable(Uuid),
  version: Nullable(Type.Integer({ description: 'The layout these seats are, or would be' })),
  isNew: Type.Boolean({ description: 'False when the hall already has exactly these seats' }),
  seats: Type.Integer(),
  sections: Type.Integer(),
  grades: Type.Array(GradeCount),
  errorCount: Type.Integer(),
  errors: Type.Array(LineNote),
  warningCount: Type.Integer(),
  warnings: Type.Array(LineNote),
});
export type HallImportReport = Static<typeof HallImportReport>;

/** Body of a hall import. `csv` is the file's text. */
export const HallImport = Type.Object(
  {
    slug: Slug,
    name: bilingualLine(120),
    // Without a length: counting a file's characters would take longer than reading it; bodyLimit bounds it.
    csv: Type.String(),
  },
  { additionalProperties: false },
);
export type HallImport = Static<typeof HallImport>;
