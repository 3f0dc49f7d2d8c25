import { addMailboxRoutes } from '../mailbox/mailbox-routes.ts';
import { mailboxSourceOf } from '../mailbox/mailbox-source.ts';
import { createSimulator } from './app.ts';
import { loadConfig, type SimulatorConfig } from './config.ts';

const stopTimeoutMs = 15_000;

async function main(): Promise<void> {
  const config = configOrExit();
  // A provider that cannot write down what it does must not go on.
  const app = await createSimulator(config, (error) => {
    app.log.fatal(error);
    process.exit(1);
  });
  // On a laptop this program is the world outside, to which mail belongs too; its own scope has its own host check.
  const mailbox = mailboxSourceOf(process.env);
  if (mailbox !== undefined) await app.register(async (pages) => addMailboxRoutes(pages, mailbox));
  const stop = (): void => {
    setTimeout(() => process.exit(1), stopTimeoutMs).unref();
    void app.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The program that started it is gone: nobody would ever stop it.
  process.once('disconnect', stop);
  await app.listen({ host: config.host, port: config.port });
}

function configOrExit(): SimulatorConfig {
  try {
    return loadConfig();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

await main();
