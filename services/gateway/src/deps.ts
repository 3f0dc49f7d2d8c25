import type { IdentityCheck } from '@urr/platform/identity.ts';
import type { Logger } from '@urr/platform/logger.ts';
import type { BrowserRules } from './browser/browser-rules.ts';
import type { ClientAddress } from './callers/client-address.ts';
import type { EntryCheck } from './callers/entry-check.ts';
import type { GatewayConfig } from './config.ts';
import type { SharedDocuments } from './forwarding/shared-documents.ts';
import type { OpenStreams } from './forwarding/open-streams.ts';
import type { Upstreams } from './forwarding/upstreams.ts';
import type { RateLimits } from './limits/rate-limits.ts';

/** What the stations of a request are given. */
export interface Deps {
  readonly config: GatewayConfig;
  readonly logger: Logger;
  readonly identify: IdentityCheck;
  readonly checkEntry: EntryCheck;
  readonly clientAddress: ClientAddress;
  readonly browser: BrowserRules;
  readonly limits: RateLimits;
  readonly upstreams: Upstreams;
  readonly documents: SharedDocuments;
  readonly streams: OpenStreams;
}
