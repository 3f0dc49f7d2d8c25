import { type AwsKeys, emptyPayload, signUrl } from './sign-url.ts';

/** Seconds a token is good for; the brokers ask for a new one before. */
const validSeconds = 900;

/** Makes tokens for MSK's IAM login from the workload's own role. Each call makes one. */
export function createMskToken(region: string): () => Promise<string> {
  let keys: (() => Promise<AwsKeys>) | undefined;
  return async () => {
    keys ??= await keysOfWorkload(region);
    return mskToken(region, await keys(), new Date());
  };
}

/** A token as MSK takes it: a signed URL in base64. Source: github.com/aws/aws-msk-iam-sasl-signer-js */
export function mskToken(region: string, keys: AwsKeys, at: Date): string {
  const host = `kafka.${region}.amazonaws.com`;
  const query = { Action: 'kafka-cluster:Connect' };
  const signed = signUrl(
    {
      host,
      path: '/',
      query,
      service: 'kafka-cluster',
      region,
      expiresInSeconds: validSeconds,
      at,
      payload: emptyPayload,
    },
    keys,
  );
  return Buffer.from(`${signed}&User-Agent=urr`).toString('base64url');
}

// Any client of the SDK finds the keys by its chain (environment, role of the pod, of the machine) and renews them.
async function keysOfWorkload(region: string): Promise<() => Promise<AwsKeys>> {
  const { SQSClient } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient({ region });
  return () => client.config.credentials();
}
