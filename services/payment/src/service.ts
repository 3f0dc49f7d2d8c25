import type { ServiceDefinition } from '@urr/platform/service.ts';
import { createPaymentService } from './app.ts';
import { migrationsFolder, readPaymentConfig } from './config.ts';

/** payment-service: attempts, refunds, ledger. */
export const paymentService: ServiceDefinition = {
  name: 'payment-service',
  migrations: migrationsFolder,
  create: async (environment, shared) => createPaymentService(readPaymentConfig(environment), shared),
};
