/** A mail as its reader gets it. */
export interface OutgoingMail {
  /** Stands in the Message-ID: the same in every repeat. */
  readonly mailId: string;
  readonly recipient: string;
  /** When it was written; the same in every repeat. */
  readonly writtenAt: Date;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * What became of a mail: taken over; refused for good; or not delivered yet, for a reason that may pass. A fault carries
 * no secret and goes to the log.
 */
export type Delivery =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly fault: string }
  | { readonly kind: 'later'; readonly fault: string };

/** Port: where mails go. */
export interface Mailer {
  /** Most mails it takes at once. */
  readonly batchSize: number;
  /** Longest time it keeps a mail before it answers. Milliseconds. */
  readonly deadlineMs: number;
  /** Hands mails over; answers in their order, within the deadline, and never throws. A repeat may arrive twice. */
  deliver(mails: readonly OutgoingMail[]): Promise<readonly Delivery[]>;
  /** Lets go of every connection; what is being delivered is answered as not delivered. */
  close(): Promise<void>;
}
