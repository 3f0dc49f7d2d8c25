import { awsVariables } from '@urr/platform/aws-variables.ts';
import { Type } from 'typebox';

/** Variables of the admission feed. */
export const admissionFeedVariables = {
  SQS_ENABLED: Type.Boolean({
    default: false,
    description: 'Whether admissions are published to the queue of `SQS_QUEUE_URL`',
  }),
  SQS_QUEUE_URL: Type.Optional(
    Type.String({ pattern: '^https?://\\S+\\.fifo$', description: 'FIFO queue that admissions go to' }),
  ),
  ...awsVariables,
};

interface FeedSettings {
  readonly SQS_ENABLED: boolean;
  readonly SQS_QUEUE_URL?: string | undefined;
  readonly AWS_REGION?: string | undefined;
}

/** What a feed that is wanted lacks. */
export function admissionFeedFaults(settings: FeedSettings): string[] {
  if (!settings.SQS_ENABLED) return [];
  const needed = { SQS_QUEUE_URL: settings.SQS_QUEUE_URL, AWS_REGION: settings.AWS_REGION };
  return Object.entries(needed)
    .filter(([, value]) => value === undefined)
    .map(([name]) => `${name} must be set while SQS_ENABLED is true`);
}
