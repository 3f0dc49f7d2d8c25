import type { FanRequest } from '../engine/action.ts';

/** Marks a request as sent by the fan's other device; the engine gives it that device's session and address. */
export const deviceMark = 'x-drill-device';

/** The same request from the fan's other device. */
export function otherDevice(request: FanRequest): FanRequest {
  return { ...request, headers: { ...request.headers, [deviceMark]: '2' } };
}
