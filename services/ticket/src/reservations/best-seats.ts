import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
