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

/**
 * Renders at most `most` pages at once. One more is refused at once with a page that comes back by itself: rendering is
 * slow work, and a queue of it would answer nobody in time.
 */
export function boundPages(render: Render, most: number): Render {
  let underWay = 0;
  return (request, response) => {
    // Files that the build made cost next to nothing, and a page without them is no page.
    if (/^\/_next\/static\/(?!.*\.\.)[^%\\]*$/.test(request.url ?? '')) return render(request, response);
    if (underWay >= most) return refuse(response);
    underWay += 1;
    response.once('close', () => void (underWay -= 1));
    return render(request, response);
  };
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
