// Measures the seat map of the dome, 15,000 seats, in headless Chromium without a graphics card:
//
//   node_modules/.bin/node e2e/seat-map/measure.ts [--origin http://localhost:3000] [--slug mirisae-orbit] [--chromium PATH]
//                                                  [--width 1280] [--height 800] [--ratio 1] [--seconds 5]
//
// The platform has to run, with the production build of its pages: those of a development server are slow to arrive. The map
// needs no account. Chromium is found by itself, or named by --chromium or CHROMIUM_PATH. Prints JSON:
//   readyMs          from the start of the navigation until the whole hall is drawn (page opened once before, then anew)
//   framesPerSecond  while panning and while zooming: the median, and `p5`, which 95 % of the frames reach
//   longTasksMs      tasks of 50 ms and more: while loading, panning and zooming
// Whatever else the machine does is in these numbers: run it alone.
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../../tools/browser/find-chromium.ts';

const { values } = parseArgs({
  options: {
    origin: { type: 'string', default: 'http://localhost:3000' },
    slug: { type: 'string', default: 'mirisae-orbit' },
    chromium: { type: 'string' },
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '800' },
    ratio: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '5' },
  },
});

/** What is noted inside the page. */
interface Notes {
  readonly frames: number[];
  readonly longTasks: number[];
}

const recorder = `(() => {
  const notes = { frames: [], longTasks: [] };
  globalThis.seatMapNotes = notes;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) notes.longTasks.push(Math.round(entry.duration));
  }).observe({ entryTypes: ['longtask'] });
  const frame = (now) => { notes.frames.push(now); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
})()`;

async function measure(page: Page) {
  const address = `${values.origin}/ko/events/${values.slug}/seats`;
  await page.addInitScript(recorder);
  await open(page, address);
  const readyMs = await open(page, address);
  const loading = await takeNotes(page);
  const panning = await during(page, pan);
  const zooming = await during(page, zoom);
  return {
    readyMs,
    framesPerSecond: { panning: rateOf(panning.frames), zooming: rateOf(zooming.frames) },
    longTasksMs: { loading: loading.longTasks, panning: panning.longTasks, zooming: zooming.longTasks },
  };
}

async function open(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForSelector('canvas[data-seat-map="ready"]', { timeout: 60_000 });
  const mark = await page.evaluate(`performance.getEntriesByName('seat-map-ready')[0].startTime`);
  await page.waitForTimeout(1_000);
  return Math.round(Number(mark));
}

async function during(page: Page, act: (page: Page, until: number) => Promise<void>): Promise<Notes> {
  await page.waitForTimeout(500);
  await takeNotes(page);
  await act(page, performance.now() + Number(values.seconds) * 1_000);
  return takeNotes(page);
}

/** Drags the hall around, near enough that much of it is out of sight. */
async function pan(page: Page, until: number): Promise<void> {
  const { x, y, reach } = await middleOfMap(page);
  await page.mouse.move(x, y);
  for (let step = 0; step < 6; step += 1) await page.mouse.wheel(0, -120);
  await page.mouse.down();
  for (let turn = 0; performance.now() < until; turn += 0.06)
    await page.mouse.move(x + Math.sin(turn) * reach, y + Math.cos(turn * 0.7) * reach);
  await page.mouse.up();
}

async function zoom(page: Page, until: number): Promise<void> {
  const { x, y } = await middleOfMap(page);
  await page.mouse.move(x, y);
  for (let turn = 0; performance.now() < until; turn += 0.04) {
    await page.mouse.wheel(0, Math.sin(turn) * 40);
    await page.waitForTimeout(8);
  }
}

async function middleOfMap(page: Page) {
  const box = await page.locator('canvas[data-seat-map]').boundingBox();
  if (box === null) throw new Error('There is no seat map');
  return {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    reach: Math.min(box.width, box.height) * 0.4,
  };
}

async function takeNotes(page: Page): Promise<Notes> {
  return (await page.evaluate(
    `(() => { const { frames, longTasks } = seatMapNotes; return { frames: frames.splice(0), longTasks: longTasks.splice(0) }; })()`,
  )) as Notes;
}

function rateOf(frames: readonly number[]): { median: number; p5: number } {
  const gaps = frames
    .slice(1)
    .map((frame, index) => frame - (frames[index] ?? frame))
    .sort((one, other) => one - other);
  const rateAt = (part: number) =>
    Math.round(10_000 / (gaps[Math.floor((gaps.length - 1) * part)] ?? NaN)) / 10;
  return { median: rateAt(0.5), p5: rateAt(0.95) };
}

const executablePath = values.chromium ?? findChromium();
if (executablePath === undefined)
  throw new Error('No Chromium was found: name it by --chromium or CHROMIUM_PATH');
// Chromium refuses its sandbox to root, who is what a container runs as.
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({
  executablePath,
  args: [...sandbox, '--disable-gpu', '--disable-dev-shm-usage'],
});
try {
  const viewport = { width: Number(values.width), height: Number(values.height) };
  const page = await browser.newPage({ viewport, deviceScaleFactor: Number(values.ratio) });
  console.log(JSON.stringify(await measure(page), null, 2));
} finally {
  await browser.close();
}
