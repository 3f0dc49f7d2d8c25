import { mailboxRoutes } from './auth-mailbox.ts';
import { recoveryRoutes } from './auth-recovery.ts';
import { authRoutes } from './auth.ts';
import { catalogRoutes } from './catalog.ts';
import { paymentRoutes } from './payment.ts';
import { queueRoutes } from './queue.ts';
import type { RouteContract } from './route-contract.ts';
import { ticketReadRoutes } from './ticket-reads.ts';
import { ticketRoutes } from './ticket.ts';

/** Every route of every service, public and internal. */
export const allRoutes: readonly RouteContract[] = [
  ...authRoutes,
  ...recoveryRoutes,
  ...mailboxRoutes,
  ...catalogRoutes,
  ...queueRoutes,
  ...ticketRoutes,
  ...ticketReadRoutes,
  ...paymentRoutes,
];

/** The routes the gateway offers to the world. */
export const publicRoutes: readonly RouteContract[] = allRoutes.filter(
  (route) => route.access !== 'internal',
);
