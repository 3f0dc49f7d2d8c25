import { type Life } from '../engine/action.ts';
import type { FanContext } from '../fan-context.ts';
import type { Wish } from './wish.ts';

export function* lookForPlaces(context: FanContext): Life<Wish | undefined> {
  const grade = ['VIP', 'R', 'S', 'A'][context.fan.random.between(0, 3)] ?? 'A';
  return { kind: 'best-available', grade, quantity: context.fan.profile.quantity };
}
