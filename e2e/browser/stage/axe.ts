import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Something a person with a disability would stumble over. */
export interface Barrier {
  readonly rule: string;
  readonly impact: string;
  readonly help: string;
  readonly places: readonly string[];
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const grave = ['serious', 'critical'];
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const shownPlaces = 3;

/** What axe finds serious or critical on a page as it stands. */
export async function findBarriers(page: Page): Promise<Barrier[]> {
  // Evaluated by the debugger, which a page's security policy does not bind.
  await page.evaluate(axe.source);
  const options = { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] };
  const found = (await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  )) as AxeViolation[];
  return found.filter(({ impact }) => impact !== null && grave.includes(impact)).map(barrierOf);
}

function barrierOf({ id, impact, help, nodes }: AxeViolation): Barrier {
  const places = nodes
    .slice(0, shownPlaces)
    .map(({ html, failureSummary = '' }) => `${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, ' ')}`);
  return { rule: id, impact: impact ?? '', help, places };
}
