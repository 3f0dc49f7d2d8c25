import { runServices } from '@urr/platform/run-services.ts';
import { paymentService } from './service.ts';

await runServices([{ definition: paymentService, environment: process.env }]);
