import { authRoutes } from './auth.ts';
import type { RouteContract } from './route-contract.ts';
import { ticketRoutes } from './ticket.ts';

/** Every route of every service, public and internal. */
export const allRoutes: readonly RouteContract[] = [...authRoutes, ...ticketRoutes];

/** The routes the gateway offers to the world. */
export const publicRoutes: readonly RouteContract[] = allRoutes.filter((route) => route.access !== 'internal');
