import type { PlatformTables } from '@urr/platform/platform-tables.ts';
import type { ColumnType, Generated } from 'kysely';

type Instant = ColumnType<Date, Date | string, Date | string>;
type Json = ColumnType<unknown, string, string>;

export interface QueueTables extends PlatformTables {
  sales: {
    event_id: string;
    owner_id: string;
    epoch: number;
    scheduled_opens_at: Instant;
    scheduled_capacity: number;
    scheduled_rate: number;
    lobby_opens_at: Instant;
    opens_at: Instant;
    ends_at: Instant;
    threshold: number;
    slot_seconds: number;
    claim_seconds: number;
    is_cancelled: boolean;
    is_sold_out: boolean;
    capacity: number;
    rate_per_second: number;
    is_paused: Generated<boolean>;
    is_draining: Generated<boolean>;
    notice: Json | null;
    issued: Generated<number>;
    serving: Generated<number>;
    active: Generated<number>;
    credit: Generated<number>;
    paced_at: Generated<Date>;
    secret: Buffer;
    secret_hash: Buffer;
    leaf_key: Buffer;
    lobby_size: number | null;
    frozen_at: Instant | null;
    roster_root: Buffer | null;
    chunk_roots: Buffer | null;
    drawn_at: Instant | null;
    bearable_rate: number | null;
    checkout_p95_ms: number | null;
    checkout_failure_share: number | null;
    measured_at: Instant | null;
    incarnation: Generated<number>;
    line_seq: Generated<number>;
    line_step: string | null;
    line_at: Instant | null;
    settings_version: Generated<number>;
  };
  line_steps: { event_id: string; incarnation: number; seq: number; step: string };
  places: {
    event_id: string;
    arrival: number;
    account_id: string;
    joined_at: Instant;
    left_at: Instant | null;
    replaced_at: Instant | null;
  };
  holes: { event_id: string; number: number };
  calls: { event_id: string; to_number: number; called_at: Instant; called: number; unclaimed: number };
  slots: {
    event_id: string;
    arrival: number;
    number: number;
    account_id: string;
    slot_id: Generated<string>;
    granted_at: Instant;
    ends_at: Instant;
    released_at: Instant | null;
    reason: string | null;
    capacity: number;
    rate: number;
  };
  late_claimers: { event_id: string; number: number; asked_at: Instant };
}
