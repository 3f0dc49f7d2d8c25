import type { InventoryState } from '@urr/contracts/catalog-shapes.ts';
import type { Bilingual } from '@urr/contracts/primitives.ts';
import type { Kysely, Selectable } from 'kysely';
import type { Actor } from './actor.ts';
import type { CatalogTables, GradeCount, ImagesTable } from './tables.ts';

type Db = Kysely<CatalogTables>;

/** Artists, as events use them. */
export interface ArtistBook {
  take(db: Db, actor: Actor, artist: { readonly slug: string; readonly name: Bilingual }): Promise<string>;
}

/** A version of a hall's seats, without the seats. */
export interface LayoutFacts {
  readonly layoutId: string;
  readonly hallId: string;
  readonly grades: readonly GradeCount[];
}

/** Layouts, as events use them. */
export interface LayoutBook {
  findNewest(db: Db, hallSlug: string): Promise<LayoutFacts | undefined>;
  find(db: Db, layoutId: string): Promise<LayoutFacts | undefined>;
}

/** Brings ticket-service in line with published events. */
export interface InventoryPushes {
  /** Notes, in the caller's transaction, that ticket-service should have this version. */
  want(db: Db, eventId: string, version: number): Promise<void>;
  /** Pushes now and answers how that stands when it is done or the deadline is reached. */
  settle(eventId: string, version: number): Promise<InventoryState>;
}

/** Places of one grade as ticket-service last reported them. */
export interface GradeLeft {
  readonly grade: string;
  readonly price: number;
  readonly total: number;
  readonly left: number;
}

/** Stock of one event. */
export interface EventStock {
  readonly asOf: Date;
  readonly isStale: boolean;
  readonly grades: readonly GradeLeft[];
}

/** Live stock, from memory. */
export interface StockBook {
  of(eventId: string): EventStock | undefined;
  /** Events of which every place is taken. */
  soldOut(): readonly string[];
}

/** A picture that was checked. */
export interface CheckedImage {
  readonly key: string;
  readonly byteCount: number;
  readonly width: number;
  readonly height: number;
}

/** A picture on its way to an event. */
export interface NewImage extends CheckedImage {
  readonly eventId: string;
  readonly contentHash: Buffer;
  readonly uploadedBy: string;
}

/** Pictures, as events use them. */
export interface ImageBook {
  /** Throws the refusal of what is no fitting picture. */
  check(declaredType: string, content: Buffer): CheckedImage;
  put(key: string, content: Buffer): Promise<void>;
  find(db: Db, key: string): Promise<Selectable<ImagesTable> | undefined>;
  /** False when the event has too many; the caller holds the event's row. */
  noteArrival(db: Db, image: NewImage): Promise<boolean>;
  /** False when the picture is being removed. */
  keep(db: Db, key: string): Promise<boolean>;
  discard(db: Db, key: string): Promise<void>;
}

/** What the use-cases take. */
export interface Deps {
  readonly db: Db;
  readonly artists: ArtistBook;
  readonly layouts: LayoutBook;
  readonly pushes: InventoryPushes;
  readonly stock: StockBook;
  readonly images: ImageBook;
}
