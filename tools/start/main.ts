import { reportEnd } from '../platform/command-line.ts';
import { embeddedLayout } from '../platform/program-plans.ts';
import { runPlatform } from './run-platform.ts';

const usage = `Usage: npm start [-- --reset]
  --reset           delete this platform's data, secrets and logs (in .urr/) and begin anew

  PORT_OFFSET=100   in the environment: add 100 to every port; each offset is a platform with its own data`;

if (import.meta.main) {
  try {
    await runPlatform({ usage, layout: () => embeddedLayout, folder: 'platform' });
  } catch (error) {
    process.exit(reportEnd(error));
  }
}
