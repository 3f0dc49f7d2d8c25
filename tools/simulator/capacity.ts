import type { Book } from './book.ts';
import { ProviderError } from './provider-error.ts';

/** Keeps memory bounded: every payment stays in it. */
export function refuseWhenFull(book: Book, maxPayments: number): void {
  if (book.size() >= maxPayments) {
    throw new ProviderError('TOO_MANY_REQUESTS', 'the simulator holds as many payments as it may');
  }
}
