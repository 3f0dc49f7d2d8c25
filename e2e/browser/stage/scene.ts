import type { Browser } from 'playwright-core';
import { openSale, type Sale, type SalePlan } from './sales.ts';
import type { StageAddress } from './open-stage.ts';
import { type Device, newVisitor, type Visitor } from './visitor.ts';
import { type PageFault, watchContext } from './watch-page.ts';

/** Where one journey plays. */
export interface Scene {
  readonly stage: StageAddress;
  readonly browser: Browser;
  readonly faults: readonly PageFault[];
  readonly visitors: readonly Visitor[];
  visitor(device?: Device): Promise<Visitor>;
  sale(plan: SalePlan): Promise<Sale>;
}

/** Longest wait for anything a page does. */
const patienceMs = 15_000;

/** A scene whose visitors are watched. */
export function openScene(stage: StageAddress, browser: Browser): Scene {
  const faults: PageFault[] = [];
  const visitors: Visitor[] = [];
  const origins = [stage.webUrl, stage.simulatorUrl];
  return {
    stage,
    browser,
    faults,
    visitors,
    sale: (plan) => openSale(stage, plan),
    visitor: async (device = {}) => {
      const visitor = await newVisitor(browser, stage, device, (context) => {
        context.setDefaultTimeout(patienceMs);
        watchContext(context, origins, faults);
      });
      visitors.push(visitor);
      return visitor;
    },
  };
}

/** Closes every browser window of a scene. */
export async function closeScene(scene: Scene): Promise<void> {
  await Promise.all(scene.visitors.map((visitor) => visitor.context.close()));
}
