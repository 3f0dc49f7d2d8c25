import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SaleSchedule } from '@urr/contracts/catalog-internal.ts';
import type { Cleanup } from '../cleanup.ts';

/** What queue-service asks catalog for, and nothing else of it. */
export interface StandInCatalog {
  readonly url: string;
  /** Lists a sale that opened a minute ago. */
  open(eventId: string): void;
  /** Ends a sale, so that nothing is left to do for it. */
  close(eventId: string): void;
}

/** Answers the sales that queue-service runs. */
export async function startStandInCatalog(cleanup: Cleanup): Promise<StandInCatalog> {
  const sales = new Map<string, SaleSchedule>();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ sales: [...sales.values()] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.add('the stand-in catalog', async () => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    open: (eventId) => void sales.set(eventId, scheduleOf(eventId)),
    close: (eventId) => {
      const sale = sales.get(eventId);
      if (sale !== undefined) sales.set(eventId, { ...sale, endsAt: instant(-1) });
    },
  };
}

// The line moves for as long as it is measured, and nobody in it is let in at once.
function scheduleOf(eventId: string): SaleSchedule {
  return {
    eventId,
    ownerId: eventId,
    lobbyOpensAt: instant(-3_600),
    opensAt: instant(-60),
    endsAt: instant(86_400),
    capacity: 500,
    ratePerSecond: 2,
    threshold: 0,
    slotSeconds: 600,
    cancelled: false,
    soldOut: false,
    stock: [
      { grade: 'VIP', price: 198_000, total: 500, left: 212 },
      { grade: 'R', price: 154_000, total: 1_500, left: 1_034 },
      { grade: 'S', price: 121_000, total: 3_000, left: 2_961 },
    ],
  };
}

function instant(secondsFromNow: number): string {
  return new Date(Date.now() + secondsFromNow * 1000).toISOString();
}
