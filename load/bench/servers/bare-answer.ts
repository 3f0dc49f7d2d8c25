import { createServer } from 'node:http';
import { serveUntilParentEnds } from './end-with-parent.ts';

// The reference of node:http itself: one answer, made beforehand; a POST is read to its end first.
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const { status, headers, body } = JSON.parse(process.env['ANSWER'] ?? '{}') as Answer;
const bytes = Buffer.from(body);

const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
  const answer = () => {
    response.writeHead(status, headers);
    response.end(bytes);
  };
  if (request.method === 'GET') return answer();
  request.on('end', answer).resume();
});
server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1', backlog: 4096 }, () =>
  serveUntilParentEnds(() => server.close()),
);
