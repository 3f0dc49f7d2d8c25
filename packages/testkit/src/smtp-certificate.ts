import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate for `localhost` and 127.0.0.1 that vouches for itself, made anew by each test; both in PEM. */
export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
}

const dayMs = 86_400_000;

// ASN.1 tags, DER (X.690).
const [integer, bitString, octetString, identifier, utf8String, utcTime, sequence, set] = [
  0x02, 0x03, 0x04, 0x06, 0x0c, 0x17, 0x30, 0x31,
] as const;

/** Makes one that is valid for a day (RFC 5280), as Node.js itself cannot. */
export function makeTestCertificate(): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  // ecdsa-with-SHA256
  const algorithm = der(sequence, oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const name = der(
    sequence,
    der(set, der(sequence, oid(0x55, 0x04, 0x03), der(utf8String, Buffer.from('localhost')))),
  );
  const body = der(
    sequence,
    der(0xa0, der(integer, Buffer.from([2]))),
    der(integer, Buffer.concat([Buffer.from([0x01]), randomBytes(8)])),
    algorithm,
    name,
    der(sequence, time(Date.now() - dayMs), time(Date.now() + dayMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(sequence, alternativeNames(), basicConstraints())),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  const whole = der(sequence, body, algorithm, der(bitString, signature));
  return {
    certificate: pem('CERTIFICATE', whole),
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}

function alternativeNames(): Buffer {
  const names = der(sequence, der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));
  return der(sequence, oid(0x55, 0x1d, 0x11), der(octetString, names));
}

function basicConstraints(): Buffer {
  const isAuthority = der(sequence, der(0x01, Buffer.from([0xff])));
  return der(sequence, oid(0x55, 0x1d, 0x13), der(0x01, Buffer.from([0xff])), der(octetString, isAuthority));
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function oid(...bytes: readonly number[]): Buffer {
  return der(identifier, Buffer.from(bytes));
}

function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14);
  return der(utcTime, Buffer.from(`${digits}Z`));
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
