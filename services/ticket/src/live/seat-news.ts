/**
 * Port: how replicas tell each other which events' places they have just changed. It says only where to look, never what
 * there is to see, so that news that is lost, doubled, late, out of order or made up does no harm. A replica
 * alone has nobody to tell, and needs no adapter.
 */
export interface SeatNews {
  /** Tells the other replicas to look at these events soon; never waits and never fails. */
  tell(eventIds: Iterable<string>): void;
  /** Calls `listener` with an event another replica has changed, from now on. */
  hear(listener: (eventId: string) => void): Promise<void>;
}
