import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { makeTestCertificate } from './smtp-certificate.ts';
import { type ReceivedMail, readMail } from './smtp-message.ts';

/** What the server does with a mail. `silent` never answers its end, `trickle` answers without an end, `drop` hangs up. */
export type SmtpMood =
  | 'accept'
  | 'refuse-recipient'
  | 'refuse-message'
  | 'refuse-sender'
  | 'busy'
  | 'silent'
  | 'trickle'
  | 'drop';

/** Which server to start. */
export interface SmtpReceiverOptions {
  /** It offers STARTTLS unless this is `none`; `implicit` begins with it. */
  readonly tls?: 'starttls' | 'implicit' | 'none';
  /** The only login it takes; without one it asks for none. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Milliseconds before the end of a mail is answered. */
  readonly delayMs?: number;
  /** Called with a mail that is kept, before that is answered. */
  readonly onMail?: (mail: ReceivedMail) => void;
}

/** Starts a mail server on this machine (RFC 5321) that keeps what it is given. */
export async function startSmtpReceiver(options: SmtpReceiverOptions = {}) {
  const credentials = makeTestCertificate();
  const state = { mood: 'accept' as SmtpMood, mails: [] as ReceivedMail[], connections: 0, logins: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    state.connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const secured = options.tls === 'implicit' ? secure(socket, credentials) : socket;
    converse(secured, { options, state, credentials, isSecure: options.tls === 'implicit' });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    certificate: credentials.certificate,
    state,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

interface Conversation {
  readonly options: SmtpReceiverOptions;
  readonly state: { mood: SmtpMood; mails: ReceivedMail[]; logins: number };
  readonly credentials: { readonly certificate: string; readonly key: string };
  readonly isSecure: boolean;
}

interface Session {
  isSignedIn: boolean;
  sender: string;
  recipients: string[];
  /** Lines of the message that is being received; undefined between messages. */
  message: string[] | undefined;
}

function secure(socket: Socket, { certificate, key }: Conversation['credentials']): TLSSocket {
  const secured = new TLSSocket(socket, { isServer: true, cert: certificate, key });
  secured.on('error', () => socket.destroy());
  return secured;
}

function converse(socket: Socket, conversation: Conversation, isGreeted = false): void {
  const session: Session = { isSignedIn: false, sender: '', recipients: [], message: undefined };
  const say = (...lines: readonly string[]) => {
    if (socket.writable) socket.write(lines.map((line) => `${line}\r\n`).join(''));
  };
  let rest = '';
  const read = (chunk: Buffer | string) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (session.message !== undefined) receiveLine(socket, session, conversation, line, say);
      else if (/^STARTTLS$/i.test(line) && offersTls(conversation))
        return startTls(socket, conversation, read, say);
      else answer(session, conversation, line, say);
    }
  };
  socket.on('data', read);
  socket.on('error', () => socket.destroy());
  if (!isGreeted) say('220 test ESMTP');
}

function offersTls({ isSecure, options }: Conversation): boolean {
  return !isSecure && options.tls !== 'none';
}

type Say = (...lines: readonly string[]) => void;

function startTls(socket: Socket, conversation: Conversation, read: (chunk: Buffer) => void, say: Say): void {
  say('220 go on');
  socket.off('data', read);
  converse(secure(socket, conversation.credentials), { ...conversation, isSecure: true }, true);
}

function answer(session: Session, conversation: Conversation, line: string, say: Say): void {
  const { options, state } = conversation;
  const verb = /^[A-Z]+/i.exec(line)?.[0].toUpperCase() ?? '';
  switch (verb) {
    case 'EHLO': {
      const extensions = [
        ...(offersTls(conversation) ? ['STARTTLS'] : []),
        ...(options.login ? ['AUTH PLAIN'] : []),
        'SMTPUTF8',
      ];
      return say('250-test', ...extensions.map((name) => `250-${name}`), '250 8BITMIME');
    }
    case 'AUTH':
      return signIn(session, conversation, line, say);
    case 'MAIL':
      if (options.login !== undefined && !session.isSignedIn) return say('530 5.7.0 sign in first');
      if (state.mood === 'refuse-sender') return say('550 5.7.1 no relaying');
      session.sender = addressIn(line);
      return say('250 ok');
    case 'RCPT':
      if (state.mood === 'refuse-recipient') return say(`550 5.1.1 <${addressIn(line)}> no such user`);
      if (state.mood === 'busy') return say('451 4.3.2 come back later');
      session.recipients.push(addressIn(line));
      return say('250 ok');
    case 'DATA':
      session.message = [];
      return say('354 go on');
    case 'RSET':
      session.recipients = [];
      return say('250 ok');
    case 'NOOP':
      return say('250 ok');
    case 'QUIT':
      return say('221 bye');
    default:
      return say('502 5.5.1 not understood');
  }
}

function signIn(session: Session, { options, state }: Conversation, line: string, say: Say): void {
  const given = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString();
  const expected = `\0${options.login?.user}\0${options.login?.password}`;
  session.isSignedIn = given === expected;
  if (session.isSignedIn) state.logins += 1;
  say(session.isSignedIn ? '235 2.7.0 welcome' : '535 5.7.8 not you');
}

function receiveLine(
  socket: Socket,
  session: Session,
  conversation: Conversation,
  line: string,
  say: Say,
): void {
  if (line !== '.') {
    // RFC 5321, 4.5.2: a line's first dot was doubled.
    session.message?.push(line.startsWith('.') ? line.slice(1) : line);
    return;
  }
  const source = (session.message ?? []).join('\r\n');
  const envelope = { sender: session.sender, recipients: session.recipients };
  Object.assign(session, { message: undefined, recipients: [] });
  const { state, options } = conversation;
  if (state.mood === 'silent') return;
  if (state.mood === 'drop') return void socket.destroy();
  if (state.mood === 'trickle') return trickle(socket, say);
  if (state.mood === 'refuse-message') return say('554 5.7.1 not this one');
  const mail = { ...envelope, ...readMail(source) };
  state.mails.push(mail);
  options.onMail?.(mail);
  setTimeout(() => say('250 2.0.0 kept'), options.delayMs ?? 0);
}

function trickle(socket: Socket, say: Say): void {
  const timer = setInterval(() => say('250-wait'), 20);
  socket.once('close', () => clearInterval(timer));
}

function addressIn(line: string): string {
  return Buffer.from(/<([^>]*)>/.exec(line)?.[1] ?? '', 'latin1').toString();
}
