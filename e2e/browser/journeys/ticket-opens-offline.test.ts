import { newAccountAtApi } from '../stage/account-at-api.ts';
import { journey } from '../stage/journey.ts';
import { signIn } from '../stage/visitor.ts';
import { codeOnScreen, openTicket, passGate } from '../people/tickets.ts';

const offline = [
  { pattern: /ERR_INTERNET_DISCONNECTED/, because: 'the journey takes the network away' },
  { pattern: /Failed to fetch RSC payload/, because: 'a link falls back to the page that was kept' },
];

journey(
  'a ticket that was opened once opens without a network, and its code passes the gate',
  async (scene) => {
    const sale = await scene.sale({ title: 'Offline' });
    const account = await newAccountAtApi(scene.stage);
    await account.join(sale);
    await account.enter(sale);
    await account.pay(await account.hold(sale, [3, 4]));
    const fan = await scene.visitor({ kind: 'phone' });
    await signIn(fan, account.credentials);
    await fan.open('/tickets');
    await openTicket(fan, 0);
    await fan.page.getByText(fan.says('tickets.offline.kept')).waitFor();

    await fan.context.setOffline(true);
    await fan.page.reload();
    await fan.page.getByText(fan.says('tickets.offline.ticket')).waitFor();
    await codeOnScreen(fan);
    // A friend's ticket was never opened, only kept beside this one.
    await fan.open('/tickets');
    await openTicket(fan, 1);
    await passGate(fan, sale);
  },
  { allows: offline },
);
