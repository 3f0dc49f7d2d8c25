import type { ServiceDefinition } from '@urr/platform/service.ts';
import { createGateway } from './app.ts';
import { readGatewayConfig } from './config.ts';

/** gateway-service: the one door to the platform. */
export const gatewayService: ServiceDefinition = {
  name: 'gateway-service',
  create: async (environment, shared) => createGateway(readGatewayConfig(environment), shared),
};
