import { awsVariables } from '@urr/platform/aws-variables.ts';
import { Type } from 'typebox';

/** Where uploaded pictures are kept. */
export const imageVariables = {
  AWS_S3_BUCKET: Type.Optional(
    Type.String({
      pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
      description: 'Bucket of uploaded pictures',
    }),
  ),
  CATALOG_IMAGE_DIRECTORY: Type.Optional(
    Type.String({ minLength: 1, description: 'Folder of uploaded pictures where `AWS_S3_BUCKET` is unset' }),
  ),
  ...awsVariables,
};

interface ImageSettings {
  readonly AWS_S3_BUCKET?: string | undefined;
  readonly AWS_REGION?: string | undefined;
  readonly CATALOG_IMAGE_DIRECTORY?: string | undefined;
}

/** What is missing for pictures to be kept. */
export function imageFaults(settings: ImageSettings): string[] {
  const { AWS_S3_BUCKET: bucket, AWS_REGION: region, CATALOG_IMAGE_DIRECTORY: directory } = settings;
  if (bucket === undefined && directory === undefined)
    return ['AWS_S3_BUCKET or CATALOG_IMAGE_DIRECTORY must be set'];
  if (bucket !== undefined && region === undefined) return ['AWS_REGION must be set where AWS_S3_BUCKET is'];
  return [];
}
