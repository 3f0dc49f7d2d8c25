import { Type } from 'typebox';

/** Variables of every client of AWS. Credentials come by the SDK's own chain: the workload's role in a cluster. */
export const awsVariables = {
  AWS_REGION: Type.Optional(
    Type.String({ pattern: '^[a-z]{2,}(-[a-z]+)+-[0-9]+$', description: 'Region, such as `ap-northeast-2`' }),
  ),
  AWS_ENDPOINT_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s?#]+$',
      description:
        'Where a local server speaks the API instead of AWS; S3 buckets are then addressed by path',
    }),
  ),
};
