import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawPopulation } from './population.ts';

const plan = { lobbyMs: 30_000, openingMs: 12_000, lateMs: 40_000 };
const profilesOf = (seed: number) => drawPopulation(20_000, seed, plan).map((fan) => fan.profile);

test('the same seed makes the same fans, another seed others', () => {
  assert.deepEqual(profilesOf(7), profilesOf(7));
  assert.notDeepEqual(profilesOf(7), profilesOf(8));
});

test('fans come as in a real on-sale: a lobby, a spike at the opening, late ones', () => {
  const profiles = profilesOf(1);
  const share = (kind: string) => profiles.filter((profile) => profile.arrival.kind === kind).length / 20_000;
  assert.ok(Math.abs(share('lobby') - 0.6) < 0.02);
  assert.ok(Math.abs(share('opening') - 0.3) < 0.02);
  const offsets = profiles.map((profile) => profile.arrival.offsetMs);
  assert.deepEqual(
    offsets,
    offsets.toSorted((left, right) => left - right),
  );
  assert.ok(Math.min(...offsets) >= -30_000);
  const spike = offsets.filter((offset) => offset >= 0 && offset < 12_000);
  assert.ok(spike.filter((offset) => offset < 1_500).length > spike.length * 0.4);
});

test('fans differ in address, and the rare courses are there in their shares', () => {
  const profiles = profilesOf(1);
  assert.equal(new Set(profiles.map((profile) => profile.address)).size, 20_000);
  const share = (course: string) => profiles.filter((profile) => profile.payment === course).length / 20_000;
  assert.ok(Math.abs(share('declined-first') - 0.06) < 0.01);
  assert.ok(Math.abs(share('provider-silent') - 0.03) < 0.007);
  assert.ok(Math.abs(share('provider-error-after-commit') - 0.01) < 0.005);
  assert.ok(Math.abs(profiles.filter((profile) => profile.leavesLine).length / 20_000 - 0.05) < 0.01);
});
