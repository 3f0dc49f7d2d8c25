import { authVariables } from '@urr/auth-service/config.ts';
import { catalogVariables } from '@urr/catalog-service/config.ts';
import type { WorkloadName } from '@urr/contracts/topology.ts';
import { gatewayVariables } from '@urr/gateway-service/config.ts';
import { paymentVariables } from '@urr/payment-service/config.ts';
import { queueVariables } from '@urr/queue-service/config.ts';
import { ticketVariables } from '@urr/ticket-service/config.ts';
import { webVariables } from '@urr/web/config.ts';
import type { TObject } from 'typebox';

/** What each workload reads from its environment. */
export const serviceSchemas: Readonly<Record<WorkloadName, TObject>> = {
  frontend: webVariables,
  'gateway-service': gatewayVariables,
  'ticket-service': ticketVariables,
  'payment-service': paymentVariables,
  'auth-service': authVariables,
  'queue-service': queueVariables,
  'catalog-service': catalogVariables,
};
