import { runServices } from '@urr/platform/run-services.ts';
import { commitPerHoldService } from './service.ts';

await runServices([{ definition: commitPerHoldService, environment: process.env }]);
