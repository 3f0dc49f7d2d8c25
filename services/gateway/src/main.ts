import { runServices } from '@urr/platform/run-services.ts';
import { gatewayService } from './service.ts';

await runServices([{ definition: gatewayService, environment: process.env }]);
