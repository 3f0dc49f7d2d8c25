import type { ColumnType, Generated } from 'kysely';
import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import type { PlatformTables } from '@urr/platform/platform-tables.ts';

type Instant = ColumnType<Date, Date, Date>;
type Stamp = ColumnType<Date, never, Date>;
type Json<Value> = ColumnType<Value, string, string>;

/** How many places of a grade a layout has, and how many of them may be sold. */
export interface GradeCount {
  readonly grade: string;
  readonly seats: number;
  readonly sellable: number;
}

export interface Poster {
  palette: string[];
}

export interface ArtistsTable {
  id: string;
  slug: string;
  owner_id: string;
  name_ko: string;
  name_en: string;
  created_at: Stamp;
}

export interface HallsTable {
  id: string;
  slug: string;
  owner_id: string;
  name_ko: string;
  name_en: string;
  created_at: Stamp;
}

export interface LayoutsTable {
  id: string;
  hall_id: string;
  version: number;
  content_hash: string;
  seat_count: number;
  grades: Json<GradeCount[]>;
  seats: Json<LayoutSeat[]>;
  created_by: string;
  created_at: Stamp;
}

export interface EventsTable {
  id: string;
  slug: string;
  owner_id: string;
  creation_key: string | null;
  state: Generated<'draft' | 'published' | 'cancelled'>;
  title_ko: string;
  title_en: string;
  description_ko: string;
  description_en: string;
  artist_id: string;
  hall_id: string | null;
  layout_id: string | null;
  venue_name_ko: string;
  venue_name_en: string;
  venue_address_ko: string;
  venue_address_en: string;
  city_ko: string;
  city_en: string;
  starts_at: Instant;
  sale_opens_at: Instant;
  sale_ends_at: Instant;
  lobby_minutes: number;
  capacity: number;
  rate_per_second: number;
  threshold: number;
  slot_seconds: number;
  limit_per_account: number;
  age_limit: number;
  running_minutes: number;
  poster: Json<Poster>;
  image_key: Generated<string | null>;
  min_price: number | null;
  max_price: number | null;
  version: Generated<number>;
  created_at: Stamp;
  updated_at: Stamp;
  published_at: ColumnType<Date | null, never, Date>;
  cancelled_at: ColumnType<Date | null, never, Date>;
}

export interface PricesTable {
  event_id: string;
  grade: string;
  price: number;
}

export interface PoolsTable {
  id: string;
  event_id: string;
  position: number;
  name_ko: string;
  name_en: string;
  grade: string;
  quantity: number;
  price: number;
}

export interface PushesTable {
  event_id: string;
  wanted_version: number;
  pushed_version: Generated<number>;
  refused_version: Generated<number>;
  claimed_until: ColumnType<Date | null, never, Date | null>;
  attempts: Generated<number>;
  next_attempt_at: Stamp;
  last_fault: ColumnType<string | null, never, string | null>;
  pushed_at: ColumnType<Date | null, never, Date>;
}

export interface ImagesTable {
  key: string;
  event_id: string;
  content_hash: Buffer;
  byte_count: number;
  width: number;
  height: number;
  uploaded_by: string;
  created_at: Stamp;
  remove_after: ColumnType<Date | null, never, Date | null>;
  swept_at: ColumnType<Date | null, never, Date>;
}

export interface CatalogTables extends PlatformTables {
  artists: ArtistsTable;
  halls: HallsTable;
  layouts: LayoutsTable;
  events: EventsTable;
  prices: PricesTable;
  pools: PoolsTable;
  pushes: PushesTable;
  images: ImagesTable;
}
