import { runServices } from '@urr/platform/run-services.ts';
import { queueService } from './service.ts';

await runServices([{ definition: queueService, environment: process.env }]);
