import type { Config } from '../config.ts';
import { createFolderImageStore } from './folder-image-store.ts';
import type { ImageStore } from './image-store.ts';

/** The store that the configuration asks for; the client of S3 is loaded for a bucket alone. */
export async function chooseImageStore(config: Config): Promise<ImageStore> {
  const { AWS_S3_BUCKET: bucket, AWS_REGION: region, CATALOG_IMAGE_DIRECTORY: directory = '' } = config;
  // A bucket comes with its region, and without a bucket there is a folder: config.ts refuses the rest.
  if (bucket === undefined || region === undefined) return createFolderImageStore(directory);
  const { createS3ImageStore } = await import('./s3-image-store.ts');
  return createS3ImageStore({ bucket, region, endpoint: config.AWS_ENDPOINT_URL });
}
