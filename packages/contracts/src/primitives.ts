import { type Static, type TSchema, Type } from 'typebox';

/** Regular expression of a UUID in its canonical lower-case text form, to be put into others. */
export const uuidText = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Matches a UUID in its canonical lower-case text form. */
export const uuidPattern = new RegExp(`^${uuidText}$`);
/** UUID in its text form. */
export const Uuid = Type.String({ format: 'uuid', minLength: 36, maxLength: 36 });
/** Instant, ISO 8601 with offset. */
export const Timestamp = Type.String({ format: 'date-time' });
/** Money in minor units of KRW (won). */
export const Won = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 });
/** Price class. */
export const Grade = Type.String({ minLength: 1, maxLength: 32, pattern: '^[A-Z0-9][A-Z0-9-]*$' });
/** Position of a seat in its layout, from 0. */
export const SeatId = Type.Integer({ minimum: 0, maximum: 999_999 });
/** A text in both languages. */
export const Bilingual = Type.Object(
  { ko: Type.String({ maxLength: 4000 }), en: Type.String({ maxLength: 4000 }) },
  { additionalProperties: false },
);
export type Bilingual = Static<typeof Bilingual>;

/** A schema or `null`. */
export function Nullable<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}

/** Path parameters `{eventId}`. */
export const EventParams = Type.Object({ eventId: Uuid });
/** Path parameters `{reservationId}`. */
export const ReservationParams = Type.Object({ reservationId: Uuid });
