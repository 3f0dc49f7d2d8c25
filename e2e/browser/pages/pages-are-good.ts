import assert from 'node:assert/strict';
import type { Locale } from '../../../apps/web/src/i18n/routing.ts';
import { journey } from '../stage/journey.ts';
import { type Furniture, furnish } from './furnish.ts';
import { walkPages } from './walk.ts';

const allows = [
  { pattern: /status of 404 .*(there-is-no-such-page|no-such-event)/, because: 'these pages are not there' },
  { pattern: /status of 401 .*\/api\/v1\//, because: 'a stranger looks at what only its owner may see' },
];

/** Looks at every page in one language, light and dark. */
export function pagesAreGood(locale: Locale): void {
  let furniture: Promise<Furniture> | undefined;
  for (const theme of ['light', 'dark'] as const) {
    journey(
      `every page can be read by everybody: ${locale}, ${theme}`,
      async (scene) => {
        furniture ??= furnish(scene.stage);
        assert.deepEqual(await walkPages(scene, await furniture, { locale, theme }), []);
      },
      { allows, timeoutMs: 180_000 },
    );
  }
}
