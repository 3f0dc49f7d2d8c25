import type { Logger } from '@urr/platform/logger.ts';
import { type ComposeDeps, composeMail } from './compose-mail.ts';
import type { OwedMail } from './mail-content.ts';
import type { MailMetrics } from './mail-metrics.ts';
import type { Delivery, Mailer, OutgoingMail } from './mailer.ts';
import { mostAttempts, pauseAfter } from './back-off.ts';
import { type Attempt, claimMails, settleMails } from './store.ts';

/** What sending needs. */
export interface SendDeps extends ComposeDeps {
  readonly mailer: Mailer;
  readonly metrics: MailMetrics;
  readonly logger: Logger;
}

// Time to look accounts up and to write down how it ended, beside the mailer's own. Seconds.
const marginSeconds = 30;

/** Sends the mails whose turn it is, at most one batch; answers how many it tried. */
export async function sendDue(deps: SendDeps): Promise<number> {
  const { mailer, db } = deps;
  const leaseSeconds = Math.ceil(mailer.deadlineMs / 1_000) + marginSeconds;
  const claimed = await claimMails(db, mailer.batchSize, leaseSeconds);
  if (claimed.length === 0) return 0;
  const composed = await Promise.all(claimed.map((mail) => compose(deps, mail)));
  const deliveries = await deliverReady(mailer, composed);
  const attempts = claimed.map((mail) => attemptOf(mail, deliveries.get(mail.mailId)));
  const givenUp = await settleMails(db, attempts);
  for (const [index, mail] of claimed.entries()) {
    const { outcome = 'dropped', fault = null } = attempts[index] ?? {};
    report(deps, mail, { outcome: givenUp.has(mail.mailId) ? 'failed' : outcome, fault });
  }
  return claimed.length;
}

type Ready =
  | { readonly mailId: string; readonly kind: 'ready'; readonly outgoing: OutgoingMail }
  | { readonly mailId: string; readonly kind: 'nobody' }
  | { readonly mailId: string; readonly kind: 'over' }
  | { readonly mailId: string; readonly kind: 'faulty'; readonly fault: string };

async function compose(deps: SendDeps, mail: OwedMail): Promise<Ready> {
  const { mailId } = mail;
  if (mail.isTooLate || mail.attempts > mostAttempts) return { mailId, kind: 'over' };
  try {
    const outgoing = await composeMail(deps, mail);
    return outgoing === undefined ? { mailId, kind: 'nobody' } : { mailId, kind: 'ready', outgoing };
  } catch (error) {
    deps.logger.warn({ err: error, mailId, template: mail.template }, 'a mail could not be written');
    return { mailId, kind: 'faulty', fault: 'not written' };
  }
}

async function deliverReady(
  mailer: Mailer,
  composed: readonly Ready[],
): Promise<ReadonlyMap<string, Delivery>> {
  const ready = composed.flatMap((one) => (one.kind === 'ready' ? [one.outgoing] : []));
  const answers = ready.length === 0 ? [] : await mailer.deliver(ready);
  const byId = new Map(ready.map((mail, index) => [mail.mailId, answers[index] ?? unanswered]));
  for (const one of composed) {
    if (one.kind === 'faulty') byId.set(one.mailId, { kind: 'later', fault: one.fault });
    if (one.kind === 'over') byId.set(one.mailId, { kind: 'refused', fault: 'too late' });
  }
  return byId;
}

const unanswered: Delivery = { kind: 'later', fault: 'no answer' };

function attemptOf(mail: OwedMail, delivery: Delivery | undefined): Attempt {
  if (delivery === undefined) return { mail, outcome: 'dropped', fault: null, pauseSeconds: 0 };
  if (delivery.kind === 'accepted') return { mail, outcome: 'sent', fault: null, pauseSeconds: 0 };
  const isOver = delivery.kind === 'refused' || mail.attempts >= mostAttempts;
  return {
    mail,
    outcome: isOver ? 'failed' : 'later',
    fault: delivery.fault,
    pauseSeconds: pauseAfter(mail.attempts),
  };
}

function report(
  { metrics, logger }: SendDeps,
  { mailId, template, attempts }: OwedMail,
  { outcome, fault }: Pick<Attempt, 'outcome' | 'fault'>,
): void {
  metrics.attempts.inc({ template, outcome });
  if (outcome === 'failed') logger.error({ mailId, template, attempts, fault }, 'a mail was given up');
  if (outcome === 'later') logger.warn({ mailId, template, attempts, fault }, 'a mail is tried again later');
}
