/** How the client makes its requests, all of them before the clock runs. */
export interface RequestPlan {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Different requests to make. */
  readonly count: number;
  /** True when each is sent once and the measurement ends with the last; else they are sent over and over. */
  readonly isOnce: boolean;
  /** Signed-in accounts, each for `requestsEach` requests (1 when absent); absent for requests without an account. */
  readonly accounts?: { readonly jwtSecret: string; readonly requestsEach?: number };
  /** Entry token of the request's account. */
  readonly entry?: { readonly secret: string; readonly eventId: string };
  readonly body?: PlannedBody;
}

/** A body: always the same, or seats by the request's index. */
export type PlannedBody =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'own-seats';
      readonly eventId: string;
      readonly seatsEach: number;
      /** Where the seats of the first request begin; 0 when absent. */
      readonly firstSeat?: number;
    }
  /** A seat everybody wants, and one of the request's own beside it. */
  | { readonly kind: 'hot-and-own-seat'; readonly eventId: string; readonly hotSeat: number };
