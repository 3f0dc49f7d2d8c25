import type { IncomingMessage, ServerResponse } from 'node:http';

type Render = (request: IncomingMessage, response: ServerResponse) => unknown;

const retryAfterSeconds = 2;
const text = {
  title: '잠시만 기다려 주세요 · One moment please',
  ko: '접속이 많습니다. 이 화면은 잠시 후 저절로 다시 열립니다. 줄에서의 순서는 그대로입니다.',
  en: 'Many people are here. This page opens again by itself. Your place in line is kept.',
} as const;

const tooMany = `<!doctype html><html lang="ko"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${retryAfterSeconds}"><title>${text.title}</title>
<h1>${text.title}</h1><p>${text.ko}</p><p lang="en">${text.en}</p></html>`;

/** Pages that are rendered and not read yet, for each that may be rendered at once. */
const unreadEach = 10;

/**
 * Renders at most `most` pages at once. One more is refused at once with a page that comes back by itself: rendering is
 * slow work, and a queue of it would answer nobody in time. Who reads slowly holds nobody up: a page is kept here whole.
 */
export function boundPages(render: Render, most: number): Render {
  let rendering = 0;
  let unread = 0;
  return (request, response) => {
    // Files that the build made cost next to nothing, and a page without them is no page.
    if (/^\/_next\/static\/(?!.*\.\.)[^%\\]*$/.test(request.url ?? '')) return render(request, response);
    if (rendering >= most || unread >= most * unreadEach) return refuse(response);
    rendering += 1;
    unread += 1;
    onceEnded(response, () => void (rendering -= 1));
    response.once('close', () => void (unread -= 1));
    keepWhole(response);
    return render(request, response);
  };
}

/** Calls `done` once, when the last of an answer was written or its reader is gone, whichever comes first. */
function onceEnded(response: ServerResponse, done: () => void): void {
  let isEnded = false;
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  const note = () => {
    if (!isEnded) done();
    isEnded = true;
  };
  response.end = ((...given: unknown[]) => {
    note();
    return end(...given);
  }) as typeof response.end;
  response.once('close', note);
}

/** The renderer, which would wait for a slow reader, is told that there is always room. */
function keepWhole(response: ServerResponse): void {
  const write = response.write.bind(response) as (...given: unknown[]) => boolean;
  response.write = ((...given: unknown[]) => {
    write(...given);
    return true;
  }) as typeof response.write;
}

function refuse(response: ServerResponse): void {
  response
    .writeHead(503, {
      'content-type': 'text/html; charset=utf-8',
      'retry-after': String(retryAfterSeconds),
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'",
    })
    .end(tooMany);
}
