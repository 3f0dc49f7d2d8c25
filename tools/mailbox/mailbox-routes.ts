import {
  listMailbox,
  type MailboxEntry,
  type MailboxMail,
  readMailboxMail,
} from '@urr/contracts/auth-mailbox.ts';
import { callRoute } from '@urr/contracts/call-route.ts';
import { uuidPattern } from '@urr/contracts/primitives.ts';
import { internalTokenHeader } from '@urr/platform/internal-token.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendPage } from '../simulator/html.ts';
import { pageLanguage } from '../simulator/page-language.ts';
import type { MailboxSource } from './mailbox-source.ts';
import { listPage, mailPage, nothingPage } from './mailbox-pages.ts';

const deadlineMs = 5_000;

type ById = { Params: { mailId: string } };

/** Pages of the mails that a platform without a mail server keeps; for the person at this machine alone. */
export function addMailboxRoutes(app: FastifyInstance, source: MailboxSource): void {
  const options = {
    baseUrl: source.authServiceUrl,
    headers: { [internalTokenHeader]: source.internalToken },
    deadlineMs,
  };
  const languageOf = ({ query, headers }: FastifyRequest) => pageLanguage(query, headers['accept-language']);
  const list = async (): Promise<readonly MailboxEntry[] | undefined> => {
    const answer = await callRoute(listMailbox, { query: {} }, options);
    return answer.ok ? answer.body.mails : undefined;
  };
  const read = async (mailId: string): Promise<MailboxMail | undefined> => {
    if (!uuidPattern.test(mailId)) return undefined;
    const answer = await callRoute(readMailboxMail, { params: { mailId } }, options);
    return answer.ok ? answer.body : undefined;
  };

  // A page elsewhere may point a name of its own at this machine; a browser then says that name.
  app.addHook('onRequest', async (request, reply) => {
    if (!/^(localhost|127\.0\.0\.1|\[::1\])$/.test(request.hostname))
      await reply.code(421).type('text/plain').send('open it as localhost');
  });
  app.get('/mailbox', async (request, reply) => {
    const mails = await list();
    const language = languageOf(request);
    return sendPage(reply, mails === undefined ? nothingPage(language, 502) : listPage(mails, language));
  });
  app.get<ById>('/mailbox/:mailId', async (request, reply) => {
    const mail = await read(request.params.mailId);
    const language = languageOf(request);
    return sendPage(reply, mail === undefined ? nothingPage(language, 404) : mailPage(mail, language));
  });
  app.get<ById>('/mailbox/:mailId/html', async (request, reply) => {
    const mail = await read(request.params.mailId);
    if (mail === undefined) return sendPage(reply, nothingPage(languageOf(request), 404));
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-top-navigation-by-user-activation",
      )
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .send(mail.html);
  });
}
