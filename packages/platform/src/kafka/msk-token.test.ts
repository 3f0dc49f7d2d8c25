import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mskToken } from './msk-token.ts';
import { signUrl } from './sign-url.ts';

test("a URL is signed as in AWS's own example", () => {
  // Source: docs.aws.amazon.com, Amazon S3, "Authenticating Requests: Using Query Parameters".
  const keys = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  const signed = signUrl(
    {
      host: 'examplebucket.s3.amazonaws.com',
      path: '/test.txt',
      query: {},
      service: 's3',
      region: 'us-east-1',
      expiresInSeconds: 86_400,
      at: new Date('2013-05-24T00:00:00Z'),
      payload: 'UNSIGNED-PAYLOAD',
    },
    keys,
  );
  const signature = 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
  assert.equal(new URL(signed).searchParams.get('X-Amz-Signature'), signature);
});

test('a token of MSK is a signed wish to connect, good for 15 minutes, with the role’s session', () => {
  const keys = { accessKeyId: 'AKIA', secretAccessKey: 'secret', sessionToken: 'session+/=' };
  const token = mskToken('ap-northeast-2', keys, new Date('2026-01-02T03:04:05Z'));
  assert.match(token, /^[\w-]+$/);
  const url = new URL(Buffer.from(token, 'base64url').toString());
  assert.equal(url.origin, 'https://kafka.ap-northeast-2.amazonaws.com');
  const expected = {
    Action: 'kafka-cluster:Connect',
    'X-Amz-Credential': 'AKIA/20260102/ap-northeast-2/kafka-cluster/aws4_request',
    'X-Amz-Date': '20260102T030405Z',
    'X-Amz-Expires': '900',
    'X-Amz-Security-Token': 'session+/=',
    'X-Amz-SignedHeaders': 'host',
    'User-Agent': 'urr',
  };
  for (const [name, value] of Object.entries(expected)) assert.equal(url.searchParams.get(name), value);
});
