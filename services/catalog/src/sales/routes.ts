import { readSales } from '@urr/contracts/catalog-internal.ts';
import { type ServeDeps, serve } from '@urr/platform/serve.ts';
import type { SaleBoard } from './sale-board.ts';

export function serveSales(server: ServeDeps, board: SaleBoard): void {
  serve(server, readSales, async () => ({ sales: await board.schedules() }));
}
