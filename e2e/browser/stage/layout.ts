import type { Page } from 'playwright-core';

/** Whether a page would have to be moved sideways to be read. */
export async function isWiderThanWindow(page: Page): Promise<boolean> {
  return (await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')) === true;
}

/** Waits until a page has loaded and nothing has changed on it for a moment, for a few seconds at most. */
export async function settles(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.evaluate(quietMoment);
}

const quietMoment = `new Promise((resolve) => {
  let timer = setTimeout(resolve, 250);
  const observer = new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(resolve, 250);
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  setTimeout(resolve, 3000);
})`;
