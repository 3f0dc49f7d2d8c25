import { enterLobby, findInLobby } from '../people/line.ts';
import { pauseAdmission, resumeAdmission } from '../people/organiser.ts';
import { journey } from '../stage/journey.ts';
import { signIn, signInAsAdmin, type Visitor } from '../stage/visitor.ts';

const unloaded = [
  { pattern: /\.[jt]s: csp$/, because: 'a browser without scripts announces them and loads none' },
];

journey(
  'who waits in a lobby that is paused is told so beside the countdown, with scripts and without',
  async (scene) => {
    const sale = await scene.sale({ title: 'Paused', opensInSeconds: 600, lobbyMinutes: 30 });
    const fan = await scene.visitor({ locale: 'en', kind: 'phone' });
    const plain = await scene.visitor({ javaScript: false });
    const account = await signIn(fan);
    await signIn(plain, account);
    await enterLobby(fan, sale);
    const organiser = await scene.visitor();
    await signInAsAdmin(organiser);
    await organiser.open(`/organiser/events/${sale.eventId}/control`);
    await pauseAdmission(organiser);

    await seePause(fan);
    await findInLobby(plain, sale);
    await seePause(plain);

    await resumeAdmission(organiser);
    await fan.page.getByText(fan.says('line.page.paused')).waitFor({ state: 'hidden', timeout: 15_000 });
    await fan.find('heading', 'line.page.standing.lobby.title').waitFor();
  },
  { allows: unloaded, timeoutMs: 90_000 },
);

// The words of the organiser, and what the countdown means for as long as it lasts.
async function seePause(visitor: Visitor): Promise<void> {
  const notice = visitor.locale === 'ko' ? 'control.pause.defaultKo' : 'control.pause.defaultEn';
  for (const key of [
    'line.page.paused',
    notice,
    'line.page.pausedBeforeOpening',
    'line.page.untilPlanned',
  ] as const)
    await visitor.page.getByText(visitor.says(key)).first().waitFor({ timeout: 15_000 });
}
