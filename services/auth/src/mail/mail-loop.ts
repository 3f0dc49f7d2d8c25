import { type SendDeps, sendDue } from './send-due.ts';

const idlePauseMs = 1_000;
const faultPauseMs = 5_000;
/** A stopping process has 15 s in all. Milliseconds. */
const stopPatienceMs = 8_000;

/** Sends what is owed, as long as the process lives. */
export interface MailLoop {
  start(): void;
  /** Lets the batch in hand finish if it does so soon; else its mails are sent again by whoever is next. */
  stop(): Promise<void>;
}

/** Creates the loop; several replicas share the work. */
export function createMailLoop(deps: SendDeps): MailLoop {
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  const run = async () => {
    while (!stopping.signal.aborted) {
      const pauseMs = await sendDue(deps).then(
        (tried) => (tried === deps.mailer.batchSize ? 0 : idlePauseMs),
        (error: unknown) => {
          deps.logger.warn({ err: error }, 'mails could not be sent');
          return faultPauseMs;
        },
      );
      await pause(pauseMs, stopping.signal);
    }
  };
  return {
    start: () => void (running ??= run()),
    stop: async () => {
      stopping.abort();
      const patience = new AbortController();
      const closing = pause(stopPatienceMs, patience.signal).then(() => deps.mailer.close());
      await running;
      patience.abort();
      await closing;
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const wake = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    signal.addEventListener('abort', wake, { once: true });
  });
}
