import type { Logger } from '@urr/platform/logger.ts';
import type { Registry } from '@urr/platform/metrics.ts';
import type { QueueConfig } from '../config.ts';
import type { AdmissionFeed } from './admission-feed.ts';

/** The feed that the configuration asks for; none unless SQS is enabled, and then its client is not even loaded. */
export async function openAdmissionFeed(
  config: QueueConfig,
  parts: { readonly logger: Logger; readonly registry: Registry },
): Promise<AdmissionFeed | undefined> {
  const { SQS_ENABLED: isEnabled, SQS_QUEUE_URL: queueUrl, AWS_REGION: region } = config;
  // A feed that is enabled has both: config.ts refuses the rest.
  if (!isEnabled || queueUrl === undefined || region === undefined) return undefined;
  const { createSqsFeed } = await import('./admission-feed-sqs.ts');
  return createSqsFeed({ queueUrl, region, endpoint: config.AWS_ENDPOINT_URL }, parts);
}
