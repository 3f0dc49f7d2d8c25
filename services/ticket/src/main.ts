import { runServices } from '@urr/platform/run-services.ts';
import { ticketService } from './service.ts';

await runServices([{ definition: ticketService, environment: process.env }]);
