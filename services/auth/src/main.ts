import { runServices } from '@urr/platform/run-services.ts';
import { authService } from './service.ts';

await runServices([{ definition: authService, environment: process.env }]);
