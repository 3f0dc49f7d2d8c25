import { setTimeout as sleep } from 'node:timers/promises';
import {
  type PostgresOptions,
  type PostgresServer,
  startPostgres,
} from '@urr/platform/embedded-postgres/start-postgres.ts';

/** A database server that is started again whenever it ends by itself, until it is stopped. */
export interface KeptPostgres {
  /** The present incarnation, or the last one while the next is being started. */
  server(): PostgresServer;
  /** Times it was started again. */
  restarts(): number;
  stop(): Promise<void>;
}

const retryMs = 250;

/** Starts the server and keeps it: the services reconnect, and nothing committed is lost. */
export async function keepPostgres(options: PostgresOptions): Promise<KeptPostgres> {
  let server = await startPostgres(options);
  let restarts = 0;
  let isStopping = false;
  let restarting: Promise<void> | undefined;

  const startAgain = async () => {
    await server.stop();
    // The next incarnation may die before it serves; whoever killed one may kill another.
    while (!isStopping) {
      restarts += 1;
      try {
        server = await startPostgres(options);
        return watch();
      } catch (error) {
        console.error('PostgreSQL could not be started again', error);
        await sleep(retryMs);
      }
    }
  };
  const watch = () => {
    server.onExit((reason) => {
      if (isStopping) return;
      console.error(`PostgreSQL ended (${reason}); starting it again`);
      restarting = startAgain();
    });
  };
  watch();
  return {
    server: () => server,
    restarts: () => restarts,
    stop: async () => {
      isStopping = true;
      await restarting;
      await server.stop();
    },
  };
}
