import { createTransport } from 'nodemailer';
import type { Delivery, Mailer, OutgoingMail } from './mailer.ts';
import type { SmtpServer } from './smtp-server.ts';

const connections = 5;
const mailsPerConnection = 100;
// The client reads a recipient as a list, with names and comments (RFC 5322, 3.4): nothing that could be one goes through.
const oneAddress = /^[^\s\p{Cc}@<>"\\(),:;[\]]{1,64}@[^\s\p{Cc}@<>"\\(),:;[\]]{1,255}$/u;

/** Sends mails by SMTP. `certificates`: authorities to trust besides the public ones, in PEM. */
export function createSmtpMailer(server: SmtpServer, certificates?: string): Mailer {
  const transport = createTransport({
    pool: true,
    maxConnections: connections,
    maxMessages: mailsPerConnection,
    // Who retries, and when, is written in the database.
    maxRequeues: 0,
    host: server.host,
    port: server.port,
    secure: server.tls === 'implicit',
    requireTLS: server.tls === 'starttls',
    ignoreTLS: server.tls === 'none',
    tls: { minVersion: 'TLSv1.2', ...(certificates === undefined ? {} : { ca: certificates }) },
    ...(server.login === undefined
      ? {}
      : { auth: { user: server.login.user, pass: server.login.password.reveal() } }),
    dnsTimeout: server.deadlineMs,
    connectionTimeout: server.deadlineMs,
    greetingTimeout: server.deadlineMs,
    socketTimeout: server.deadlineMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const send = async (mail: OutgoingMail): Promise<Delivery> => {
    if (!oneAddress.test(mail.recipient)) return { kind: 'refused', fault: 'not one address' };
    try {
      // A server that trickles its replies resets every other clock; aborting closes its connection.
      await transport.sendMail({
        ...messageOf(mail, server),
        signal: AbortSignal.timeout(server.deadlineMs),
      });
      return { kind: 'accepted' };
    } catch (error) {
      return deliveryOf(error);
    }
  };
  return {
    batchSize: connections,
    deadlineMs: server.deadlineMs,
    deliver: (mails) => Promise.all(mails.map((mail) => send(mail))),
    close: () => {
      transport.close({ force: true });
      return Promise.resolve();
    },
  };
}

function messageOf(mail: OutgoingMail, { from }: SmtpServer) {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    from,
    to: { name: '', address: mail.recipient },
    envelope: { from: from.address, to: [mail.recipient] },
    messageId: `<${mail.mailId}@${domain}>`,
    date: mail.writtenAt,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    // RFC 3834: nobody's holiday notice need answer this.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

interface SmtpFault {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/**
 * Only a server that refuses this recipient or this message refuses for good. What it says to a login or to a sender
 * concerns the configuration, which somebody will put right. The server's words may name the recipient and are left out.
 */
function deliveryOf(error: unknown): Delivery {
  const { code, command, responseCode } = error instanceof Error ? (error as SmtpFault) : {};
  const fault = [code, command, responseCode].filter((part) => part !== undefined).join(' ') || nameOf(error);
  const isAboutMail = command === 'RCPT TO' || command === 'DATA' || command === 'API';
  const isFinal = command === 'API' || (typeof responseCode === 'number' && responseCode >= 500);
  return { kind: isAboutMail && isFinal ? 'refused' : 'later', fault };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
