/** Somebody was let in. */
export interface Admission {
  readonly eventId: string;
  readonly accountId: string;
  readonly entryToken: string;
  /** The account's how-manieth admission in this sale, from 1. */
  readonly admission: number;
  readonly grantedAt: Date;
}

/**
 * Port: tells the outside world who was let in. `publish` neither waits nor throws: the admission stands whatever
 * becomes of its message.
 */
export interface AdmissionFeed {
  publish(admission: Admission): void;
  /** Sends what waits, within a bounded time. */
  stop(): Promise<void>;
}
