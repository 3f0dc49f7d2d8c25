/** The signed proof of one's place, kept on the device: it brings the place back if the line ever loses it. */
export interface Receipts {
  read(): string | null;
  keep(receipt: string): void;
  forget(): void;
}

/** Keeps the receipt of one event's line. Where storage is refused, there is none: the place stays on the server anyway. */
export function createReceipts(eventId: string, storage: () => Storage): Receipts {
  const key = `urr.line.${eventId}`;
  const attempt = <Result>(act: (place: Storage) => Result): Result | null => {
    try {
      return act(storage());
    } catch {
      return null;
    }
  };
  return {
    read: () => attempt((place) => place.getItem(key)),
    keep: (receipt) => void attempt((place) => place.setItem(key, receipt)),
    forget: () => void attempt((place) => place.removeItem(key)),
  };
}
