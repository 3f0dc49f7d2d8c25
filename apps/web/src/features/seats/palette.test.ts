import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { gradeLooks } from './palette.ts';

const tokens = readFileSync(new URL('../../design/tokens.css', import.meta.url), 'utf8');

/** The two values of a token: in the light and in the dark. */
function token(name: string): { light: string; dark: string } {
  const [, light = '', dark = ''] =
    new RegExp(`--${name}: light-dark\\((#[0-9a-f]+), (#[0-9a-f]+)\\)`).exec(tokens) ?? [];
  return { light, dark };
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted(
    (first, second) => first - second,
  );
  return (lighter + 0.05) / (darker + 0.05);
}

for (const theme of ['light', 'dark'] as const)
  test(`seats stand out from every ground in the ${theme}, and their letters from them`, () => {
    for (const look of gradeLooks) {
      for (const ground of ['paper', 'surface', 'sunken'])
        assert.ok(contrast(look[theme], token(ground)[theme]) >= 3, `${look[theme]} on ${ground}`);
      assert.ok(contrast(look[theme], token('paper')[theme]) >= 4.5, `letter on ${look[theme]}`);
    }
  });

test('grades differ by shape, not by colour alone', () => {
  assert.equal(new Set(gradeLooks.map((look) => look.shape)).size, gradeLooks.length);
});
