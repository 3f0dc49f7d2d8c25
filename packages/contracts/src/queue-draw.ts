import { type Static, Type } from 'typebox';
import { Nullable, Timestamp, Uuid } from './primitives.ts';

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, hex' });

/** Name of the one way a draw is computed; `docs` of queue-service describe it step by step. */
export const drawAlgorithm =
  'urr-draw-1: HMAC-SHA256 Feistel, 12 rounds, cycle walking; RFC 6962 SHA-256 roster';

/** The draw of one sale. Before opening only the commitment is known. */
export const DrawDocument = Type.Object({
  eventId: Uuid,
  algorithm: Type.String(),
  secretHash: Type.String({
    ...Hash,
    description: 'SHA-256 of the secret, published when the sale was scheduled',
  }),
  size: Nullable(Type.Integer({ description: 'Members of the lobby at opening, leavers included' })),
  rosterRoot: Nullable(Hash),
  secret: Nullable(Type.String({ ...Hash, description: 'The secret, revealed after opening; hex' })),
  drawnAt: Nullable(Timestamp),
});
export type DrawDocument = Static<typeof DrawDocument>;

/** Proof that a leaf stands in the roster; sibling hashes from the leaf upwards. */
export const InclusionProof = Type.Object({
  eventId: Uuid,
  accountId: Uuid,
  index: Type.Integer(),
  number: Type.Integer({ description: 'Place the draw gave, from 1' }),
  size: Type.Integer(),
  salt: Type.String({
    ...Hash,
    description: "The account's own salt; the leaf is SHA-256(00 ‖ index ‖ salt ‖ account)",
  }),
  path: Type.Array(Hash),
  rosterRoot: Hash,
});
export type InclusionProof = Static<typeof InclusionProof>;
