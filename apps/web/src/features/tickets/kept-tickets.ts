import type { Ticket } from '@urr/contracts/ticket-reads.ts';

/** What draws a ticket's QR. */
export interface TicketPass {
  readonly code: string;
  /** Signs, and cannot be read out. */
  readonly key: CryptoKey;
  /** What to add to the device's clock to get the server's, in milliseconds. */
  readonly offsetMs: number;
}

/** A ticket on this device, to be shown without a network. */
export interface KeptTicket {
  readonly ticketId: string;
  readonly ticket: Ticket;
  readonly pass: TicketPass;
}

const databaseName = 'urr-tickets';
const storeName = 'tickets';

/** Keeps a ticket on this device; where a browser keeps nothing, the ticket needs a network. */
export async function keepTicket(kept: KeptTicket): Promise<void> {
  await inStore('readwrite', (store) => store.put(kept)).catch(() => undefined);
}

/** A ticket of this device; undefined when it was not kept. */
export async function keptTicket(ticketId: string): Promise<KeptTicket | undefined> {
  const found = inStore('readonly', (store) => store.get(ticketId) as IDBRequest<KeptTicket | undefined>);
  return found.catch(() => undefined);
}

/** Every ticket of this device. */
export async function keptTickets(): Promise<readonly KeptTicket[]> {
  return inStore('readonly', (store) => store.getAll() as IDBRequest<KeptTicket[]>).catch(() => []);
}

/** Forgets a ticket. */
export async function forgetTicket(ticketId: string): Promise<void> {
  await inStore('readwrite', (store) => store.delete(ticketId)).catch(() => undefined);
}

/** Forgets every ticket: the device is another's now. */
export async function forgetAllTickets(): Promise<void> {
  await inStore('readwrite', (store) => store.clear()).catch(() => undefined);
}

async function inStore<Value>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> {
  const database = await openDatabase();
  try {
    const transaction = database.transaction(storeName, mode);
    const value = await answerOf(ask(transaction.objectStore(storeName)));
    return value;
  } finally {
    database.close();
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(databaseName, 1);
  opening.addEventListener('upgradeneeded', () => {
    opening.result.createObjectStore(storeName, { keyPath: 'ticketId' });
  });
  return answerOf(opening);
}

function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The device keeps nothing')));
  });
}
