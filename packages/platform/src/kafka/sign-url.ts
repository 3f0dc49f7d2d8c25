import { createHash, createHmac } from 'node:crypto';

/** Keys of AWS, those of a role with a session token. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** What is signed: a GET that anybody may send who has the URL, for a while. */
export interface UrlToSign {
  readonly host: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly service: string;
  readonly region: string;
  readonly expiresInSeconds: number;
  readonly at: Date;
  /** As AWS wants the body named: its SHA-256, or `UNSIGNED-PAYLOAD`. */
  readonly payload: string;
}

/** SHA-256 of nothing. */
export const emptyPayload = sha256('');

/** Signs a URL with AWS's Signature Version 4, in its query. Source: docs.aws.amazon.com, "Create a signed AWS API request". */
export function signUrl(url: UrlToSign, keys: AwsKeys): string {
  const stamp = url.at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = stamp.slice(0, 8);
  const scope = `${day}/${url.region}/${url.service}/aws4_request`;
  const query = canonicalQuery({
    ...url.query,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${keys.accessKeyId}/${scope}`,
    'X-Amz-Date': stamp,
    'X-Amz-Expires': String(url.expiresInSeconds),
    'X-Amz-SignedHeaders': 'host',
    ...(keys.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': keys.sessionToken }),
  });
  const request = ['GET', url.path, query, `host:${url.host}`, '', 'host', url.payload].join('\n');
  const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(request)].join('\n');
  const key = [day, url.region, url.service, 'aws4_request'].reduce<string | Buffer>(
    (previous, part) => hmac(previous, part),
    `AWS4${keys.secretAccessKey}`,
  );
  const signature = hmac(key, text).toString('hex');
  return `https://${url.host}${url.path}?${query}&X-Amz-Signature=${signature}`;
}

function canonicalQuery(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

// AWS also encodes what encodeURIComponent leaves alone.
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
