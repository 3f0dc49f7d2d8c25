import { setTimeout as sleep } from 'node:timers/promises';
import { notingSubscription, openStageDatabase } from '../event-stage.fixture.ts';
import { openBus } from './bus.fixture.ts';

// A replica of a consumer, to be killed. Arguments: brokers, database, run, its own name, milliseconds per event,
// and `after-commit` where each event's last pause comes between the commit and the acknowledgement.
const [bootstrapServers = '', databaseUrl = '', run = '', who = '', pauseMs = '1', where] =
  process.argv.slice(2);
const database = openStageDatabase(databaseUrl);
const pause = () => sleep(Number(pauseMs));
const bus = openBus({ bootstrapServers });
bus.subscribe(
  notingSubscription(database.db, {
    run,
    who,
    ...(where === 'after-commit' ? { after: pause } : { before: pause }),
  }),
);
bus.start();
process.once('SIGTERM', () => void stop());
console.log('consuming');

async function stop(): Promise<void> {
  await bus.stopConsuming();
  await bus.close();
  await database.close();
  process.exit(0);
}
