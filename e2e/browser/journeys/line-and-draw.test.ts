import assert from 'node:assert/strict';
import { enterLobby, findInLobby, getIn, leave, ownNumber, seeWaiting } from '../people/line.ts';
import { journey } from '../stage/journey.ts';
import type { Sale } from '../stage/sales.ts';
import { signIn, type Visitor } from '../stage/visitor.ts';

/** Enough for three devices to come into the lobby. */
const opensInSeconds = 12;

journey(
  'two people wait through the draw, one of them on two devices that show the same place',
  async (scene) => {
    const sale = await scene.sale({
      title: 'Draw',
      opensInSeconds,
      lobbyMinutes: 30,
      capacity: 1,
      threshold: 0,
    });
    const mina = await scene.visitor();
    const minasPhone = await scene.visitor({ kind: 'phone', theme: 'dark' });
    const tom = await scene.visitor({ locale: 'en' });
    const account = await signIn(mina);
    await signIn(minasPhone, account);
    await signIn(tom);
    await enterLobby(mina, sale);
    await findInLobby(minasPhone, sale);
    await enterLobby(tom, sale);

    const first = await Promise.race([mina, tom].map(async (one) => (await getIn(one, sale), one)));
    const second = first === mina ? tom : mina;
    await seeWaiting(second);
    assert.equal(await ownNumber(second), 2);
    await second.page.reload();
    assert.equal(await ownNumber(second), 2);
    // The draw decides: both devices are in, or both wait with the same number.
    if (first === mina) await getIn(minasPhone, sale);
    else assert.equal(await ownNumber(minasPhone), 2);

    await leave(first, sale);
    await getIn(second, sale);
    await checkOwnDraw(first, sale, 1);
    await checkOwnDraw(second, sale, 2);
  },
  { timeoutMs: 120_000 },
);

// Their own browser computes the draw again: the secret fits what was promised, and gives them their number.
async function checkOwnDraw(visitor: Visitor, sale: Sale, number: number): Promise<void> {
  await visitor.open(`/events/${sale.slug}/draw`);
  await visitor.page.getByText(visitor.says('line.draw.checks.secretFits')).waitFor();
  await visitor.press('button', 'line.draw.mine.open');
  await visitor.page.getByText(visitor.says('line.draw.mine.allGood', { number })).waitFor();
}
