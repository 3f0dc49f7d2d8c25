import type { LineControl } from '@urr/contracts/queue-control.ts';
import type { LineSettings, Sale } from '../line/line-store.ts';

/** Settings after an organiser's action, or `undefined` when it changes nothing. */
export function applyControl(sale: Sale, control: LineControl): LineSettings | undefined {
  const { opensAt, capacity, ratePerSecond, isPaused, isDraining } = sale;
  // The store answers a notice's languages in an order of its own, and equal ones must look equal.
  const notice = sale.notice && { ko: sale.notice.ko, en: sale.notice.en };
  const before: LineSettings = { opensAt, capacity, ratePerSecond, isPaused, isDraining, notice };
  const after = { ...before, ...changeOf(sale, control) };
  return JSON.stringify(after) === JSON.stringify(before) ? undefined : after;
}

function changeOf(sale: Sale, control: LineControl): Partial<LineSettings> {
  switch (control.action) {
    case 'open':
      // What is open stays as it is: opening twice changes nothing.
      return sale.phase === 'scheduled' || sale.phase === 'lobby' ? { opensAt: sale.seenAt } : {};
    case 'pause':
      return { isPaused: true, notice: { ko: control.notice.ko, en: control.notice.en } };
    case 'resume':
      return { isPaused: false, isDraining: false, notice: null };
    case 'drain':
      return { isDraining: true };
    case 'capacity':
      return { capacity: control.capacity };
    case 'rate':
      return { ratePerSecond: control.ratePerSecond };
  }
}
