import type { Language } from '@urr/platform/language.ts';
import type { PlatformTables } from '@urr/platform/platform-tables.ts';
import type { ColumnType, Generated } from 'kysely';

type Instant = ColumnType<Date, Date | undefined, Date>;

/** Rows of `migrations/`. */
export interface AuthTables extends PlatformTables {
  accounts: {
    id: string;
    email: string;
    is_email_verified: Generated<boolean>;
    name: string;
    role: Generated<'fan' | 'organiser' | 'admin'>;
    password_hash: string | null;
    google_subject: string | null;
    must_change_password: Generated<boolean>;
    language: Language | null;
    created_at: Instant;
  };
  sessions: {
    id: string;
    account_id: string;
    user_agent: string;
    address: string;
    created_at: Instant;
    last_used_at: Instant;
    expires_at: Date;
    ended_at: Date | null;
    ended_because: 'logout' | 'ended' | 'reuse' | 'password' | 'role' | null;
  };
  refresh_tokens: {
    token_hash: Buffer;
    session_id: string;
    issued_at: Instant;
    used_at: Date | null;
  };
  mails: {
    id: string;
    account_id: string | null;
    recipient: string;
    language: Language | null;
    template: string;
    data: ColumnType<unknown, string, string>;
    created_at: Instant;
    attempts: Generated<number>;
    next_attempt_at: Instant | null;
    give_up_at: Date | null;
    sent_at: Date | null;
    failed_at: Date | null;
    fault: string | null;
  };
  mailbox: {
    mail_id: string;
    recipient: string;
    subject: string;
    text_body: string;
    html_body: string;
    received_at: Instant;
  };
  password_resets: {
    id: string;
    account_id: string;
    token_hash: Buffer;
    expires_at: Date;
    ended_at: Date | null;
  };
  password_reset_counts: { subject: string; asked: number; since: Instant };
  sign_in_failures: { subject: string; failures: number; last_at: Date; blocked_until: Date };
}
