'use client';

import { useKoreanTime } from '../../design/use-korean-time.ts';
import { useNow } from '../../design/use-now.ts';
import { useServerClock } from './use-server-clock.ts';

/** Until when a refund may be asked for, and whether that has passed by the server's clock; undefined where no deadline applies. */
export function useRefundDeadline(
  refundableUntil: string | undefined,
): { readonly at: string; readonly isOver: boolean } | undefined {
  const { shortMoment } = useKoreanTime();
  const now = useNow(useServerClock(), 30_000);
  if (refundableUntil === undefined) return undefined;
  return {
    at: shortMoment(refundableUntil),
    isOver: Date.parse(refundableUntil) <= now,
  };
}
