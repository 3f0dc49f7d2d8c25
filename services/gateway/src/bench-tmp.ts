import autocannon from 'autocannon';
import { readFileSync } from 'node:fs';
import { signAccessToken, signingKey } from '@urr/platform/identity.ts';
import { Secret } from '@urr/platform/secret.ts';
const key = signingKey(new Secret(process.env['JWT_SECRET'] ?? ''));
const tokens = Array.from({ length: 500 }, (_, i) => signAccessToken({ accountId: `a${i}`, role: 'fan', sessionId: 's' }, { nowSeconds: Math.floor(Date.now() / 1000), lifetimeSeconds: 1800, tokenId: String(i) }, key));
const cpu = (pid: string) => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return (Number(f[11]) + Number(f[12])) * 10; };
const run = async (port: number, pid: string) => { const before = cpu(pid); const r = await autocannon({ url: `http://127.0.0.1:${port}`, connections: 64, duration: Number(process.env['SECS'] ?? 2), requests: tokens.map((token) => ({ method: 'GET' as const, path: '/api/v1/auth/me', headers: { authorization: `Bearer ${token}` } })) }); return { rps: r.requests.average, bad: r.non2xx, us: ((cpu(pid) - before) * 1000) / r.requests.total }; };
const ratios: number[] = []; const costs: number[] = [];
for (let round = 0; round < 6; round += 1) {
  const g = await run(4101, process.env['G']!); const p = await run(4103, process.env['P']!);
  if (round > 0) { ratios.push(g.rps / p.rps); costs.push(p.us / g.us); }
  console.log(g, p);
}
console.log('median ratio', ratios.toSorted()[2], 'cpu ratio', costs.toSorted()[2]);
