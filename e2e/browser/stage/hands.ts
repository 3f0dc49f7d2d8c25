import type { Locator, Page } from 'playwright-core';

/** How a person works a page. Every step of a journey goes through one, so that each journey can be played with any. */
export interface Hand {
  press(target: Locator): Promise<void>;
  write(field: Locator, text: string): Promise<void>;
  /** Chooses an option of a `select` by its value. */
  choose(select: Locator, value: string): Promise<void>;
}

/** What is looked at of an element of a page; these files know no document of their own. */
interface Control {
  readonly type?: string;
  readonly name?: string;
  readonly checked?: boolean;
  readonly ownerDocument: { readonly activeElement: Control | null };
}

/** More than the elements a page has to walk through. */
const longestWalk = 250;

/** A mouse and a keyboard. */
export function mouseHand(): Hand {
  return {
    press: (target) => target.click(),
    write: (field, text) => field.fill(text),
    choose: async (select, value) => void (await select.selectOption(value)),
  };
}

/** A finger on glass. */
export function fingerHand(): Hand {
  return { ...mouseHand(), press: (target) => target.tap() };
}

/** Keys alone: an element is reached as its reader reaches it, by Tab, and by arrows inside a group. */
export function keyboardHand(page: Page): Hand {
  return {
    press: async (target) => {
      await walkTo(page, target);
      const key = await keyThatPresses(target);
      if (key !== '') await page.keyboard.press(key);
    },
    write: async (field, text) => {
      await walkTo(page, field);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    choose: async (select, value) => {
      await walkTo(page, select);
      for (let step = 0; step < longestWalk && (await select.inputValue()) !== value; step += 1)
        await page.keyboard.press(step === 0 ? 'Home' : 'ArrowDown');
    },
  };
}

// A link knows Enter alone, a checkbox Space alone; a radio is chosen by having been reached.
function keyThatPresses(target: Locator): Promise<string> {
  return target.evaluate((element) => {
    const { type, checked } = element as unknown as Control;
    if (type === 'radio') return checked === true ? '' : 'Space';
    return type === 'checkbox' ? 'Space' : 'Enter';
  });
}

async function walkTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < longestWalk; step += 1) {
    const place = await placeOfFocus(target);
    if (place === 'here') return;
    await page.keyboard.press(place === 'same group' ? 'ArrowDown' : 'Tab');
  }
  throw new Error(`The keyboard does not reach ${String(target)} within ${longestWalk} steps`);
}

// Of radio buttons that belong together Tab reaches one; arrows go on from there.
function placeOfFocus(target: Locator): Promise<'here' | 'same group' | 'elsewhere'> {
  return target.evaluate((element) => {
    const wanted = element as unknown as Control;
    const focused = wanted.ownerDocument.activeElement;
    if (wanted === focused) return 'here';
    const areRadios = wanted.type === 'radio' && focused?.type === 'radio';
    return areRadios && focused.name === wanted.name ? 'same group' : 'elsewhere';
  });
}
