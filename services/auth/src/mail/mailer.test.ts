import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { Secret } from '@urr/platform/secret.ts';
import { openDatabase } from '@urr/platform/database.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { startSmtpReceiver } from '@urr/testkit/smtp-receiver.ts';
import { startAuth } from '../auth.fixture.ts';
import { createMailboxMailer } from '../mailbox/mailbox-mailer.ts';
import { findMailboxRow } from '../mailbox/store.ts';
import type { AuthTables } from '../tables.ts';
import type { Mailer, OutgoingMail } from './mailer.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

interface Arrived {
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** One adapter under the same suite; `find` answers what its reader has of a mail, `breakDown` takes its store away. */
interface Subject {
  readonly mailer: Mailer;
  find(mail: OutgoingMail): Promise<Arrived | undefined>;
  breakDown(): Promise<void>;
}

const logger = createLogger('test', 'silent');

const adapters: Readonly<Record<string, () => Promise<Subject>>> = {
  SMTP: async () => {
    const receiver = await startSmtpReceiver();
    after(receiver.stop);
    const from = { name: 'URR', address: 'shop@urr.example' };
    const server = { host: '127.0.0.1', port: receiver.port, login: undefined, from, deadlineMs: 1_000 };
    const mailer = createSmtpMailer({ ...server, tls: 'starttls' }, receiver.certificate);
    return {
      mailer,
      find: async (mail) => {
        const found = receiver.state.mails.find(({ headers }) =>
          headers.get('message-id')?.[0]?.includes(mail.mailId),
        );
        if (found === undefined) return undefined;
        const { recipients, headers, text, html } = found;
        const [recipient = ''] = recipients;
        return { recipient, subject: headers.get('subject')?.[0] ?? '', text, html };
      },
      breakDown: receiver.stop,
    };
  },
  mailbox: async () => {
    const auth = await startAuth();
    const url = new Secret(auth.databaseUrl);
    const database = openDatabase<AuthTables>({ url, poolSize: 2, logger });
    return {
      mailer: createMailboxMailer(database.db),
      find: async (mail) => {
        const row = await findMailboxRow(database.db, mail.mailId);
        if (row === undefined) return undefined;
        const { recipient, subject, text_body: text, html_body: html } = row;
        return { recipient, subject, text, html };
      },
      breakDown: () => database.close(),
    };
  },
};

const mailTo = (recipient: string): OutgoingMail => ({
  mailId: randomUUID(),
  recipient,
  writtenAt: new Date(),
  subject: '[URR] 예매가 완료되었습니다: 한강의 밤 / Your tickets are booked',
  text: '안녕하세요.\n\n.\n..점으로 시작하는 줄\n\nHello 🎫\n',
  html: `<p>안녕하세요. ${'긴 줄 '.repeat(300)}</p>`,
});

for (const [name, start] of Object.entries(adapters)) {
  await describe(`mails by ${name}`, async () => {
    const subject = await start();
    const { mailer } = subject;

    await test('arrive as they were written', async () => {
      const mail = mailTo('fan@example.com');
      assert.deepEqual(await mailer.deliver([mail]), [{ kind: 'accepted' }]);
      const arrived = await subject.find(mail);
      assert.equal(arrived?.recipient, mail.recipient);
      assert.equal(arrived?.subject, mail.subject);
      assert.equal(arrived?.text.replaceAll('\r\n', '\n').trim(), mail.text.trim());
      assert.equal(arrived?.html.trim(), mail.html);
    });

    await test('go to addresses in any script', async () => {
      const mail = mailTo('이름@예시.한국');
      assert.deepEqual(await mailer.deliver([mail]), [{ kind: 'accepted' }]);
      assert.match((await subject.find(mail))?.recipient ?? '', /^이름@(예시\.한국|xn--)/);
    });

    await test('are answered in their order, a batch and none', async () => {
      const batch = Array.from({ length: mailer.batchSize }, (_, index) => mailTo(`f${index}@example.com`));
      const answers = await mailer.deliver(batch);
      assert.ok(answers.length === batch.length && answers.every(({ kind }) => kind === 'accepted'));
      for (const mail of batch) assert.equal((await subject.find(mail))?.recipient, mail.recipient);
      assert.deepEqual(await mailer.deliver([]), []);
    });

    await test('may be handed over again, and the repeat is known for one', async () => {
      const mail = mailTo('again@example.com');
      for (let time = 0; time < 2; time += 1)
        assert.deepEqual(await mailer.deliver([mail]), [{ kind: 'accepted' }]);
      assert.equal((await subject.find(mail))?.recipient, mail.recipient);
    });

    await test('stay owed when nobody takes them: no throw, within the deadline', async () => {
      await subject.breakDown();
      const started = performance.now();
      const [answer] = await mailer.deliver([mailTo('later@example.com')]);
      assert.equal(answer?.kind, 'later');
      assert.ok(performance.now() - started < mailer.deadlineMs + 1_000);
      await mailer.close();
    });
  });
}
