import { test } from 'node:test';
import { drawingCases } from './conformance/drawing.ts';
import { joiningCases } from './conformance/joining.ts';
import { leavingCases } from './conformance/leaving.ts';
import { pacingCases } from './conformance/pacing.ts';
import { settingsCases } from './conformance/settings.ts';
import type { LineStore } from './line-store.ts';

/** What every adapter of `LineStore` must do; `createStore` answers one, over an engine that may be shared. */
export function lineStoreConformance(createStore: () => LineStore): void {
  for (const { name, check } of [
    ...joiningCases,
    ...pacingCases,
    ...leavingCases,
    ...drawingCases,
    ...settingsCases,
  ])
    void test(name, () => check(createStore()));
}
