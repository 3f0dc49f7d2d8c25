import { ProviderError } from './provider-error.ts';

export type KeyPair = {
  clientKey: string;
  secretKey: string;
  family: 'widget' | 'api';
  mode: 'test' | 'live';
  merchantId: string;
};

const keyForm = /^(test|live)_(g?)(ck|sk)_[A-Za-z0-9_-]{4,200}$/;

/** Answers the pair, or in words why the two keys are none. */
export function keyPairOf(clientKey: string, secretKey: string): KeyPair | string {
  const client = keyForm.exec(clientKey);
  const secret = keyForm.exec(secretKey);
  if (client?.[3] !== 'ck') return 'a client key reads test_gck_…, test_ck_…, live_gck_… or live_ck_…';
  if (secret?.[3] !== 'sk') return 'a secret key reads test_gsk_…, test_sk_…, live_gsk_… or live_sk_…';
  if (client[1] !== secret[1] || client[2] !== secret[2]) {
    return 'the client key and the secret key are of different families';
  }
  const family = client[2] === 'g' ? 'widget' : 'api';
  return {
    clientKey,
    secretKey,
    family,
    mode: client[1] === 'live' ? 'live' : 'test',
    merchantId: family === 'widget' ? 'tgen_docs' : 'tvivarepublica',
  };
}

export function pairOfClientKey(pairs: readonly KeyPair[], clientKey: string): KeyPair {
  const pair = pairs.find((candidate) => candidate.clientKey === clientKey);
  if (pair === undefined) throw new ProviderError('UNAUTHORIZED_KEY');
  return pair;
}

/** The pair whose secret key opens `Authorization: Basic base64(secretKey + ":")`. */
export function authenticate(pairs: readonly KeyPair[], authorization: string | undefined): KeyPair {
  if (authorization === undefined) throw new ProviderError('UNAUTHORIZED_KEY');
  const encoded = /^Basic +(\S+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) throw new ProviderError('INCORRECT_BASIC_AUTH_FORMAT');
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  if (!credentials.includes(':')) throw new ProviderError('INCORRECT_BASIC_AUTH_FORMAT');
  const pair = pairs.find((candidate) => credentials === `${candidate.secretKey}:`);
  if (pair === undefined) throw new ProviderError('UNAUTHORIZED_KEY');
  return pair;
}
