import { runServices } from '@urr/platform/run-services.ts';
import { catalogService } from './service.ts';

await runServices([{ definition: catalogService, environment: process.env }]);
