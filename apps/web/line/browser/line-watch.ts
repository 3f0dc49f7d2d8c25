import type { Place } from '@urr/contracts/queue.ts';
import { backOffMs, drawSpreadMs } from '../page/look-timing.ts';
import { mayJoin, type Sight, type Standing, standingOf } from '../page/standing.ts';
import { type Answer, codeOf, type NotCarriedOut } from './desk.ts';
import { type Looked, Looks } from './looks.ts';
import type { Step, View, WatchPorts } from './watch-ports.ts';

/** Time to read that one's turn has come before the page goes on. Seconds. */
const noticeSeconds = 3;
/** Who comes to join and is called within this needs no notice. Milliseconds. */
const straightMs = 5_000;
/** Who is not in line is asked about again after this. Milliseconds. */
const ownStaleMs = 60_000;
const nothing: Step = { kind: 'none' };

/** Follows one line for one reader: looks, asks for the place when that matters, enters when called. */
export class LineWatch {
  readonly #ports: WatchPorts;
  readonly #looks: Looks;
  #view: View;
  #stopOwn: (() => void) | undefined;
  #stopNotice: (() => void) | undefined;
  #isBusy = false;
  /** Who is called before this has only just come, and passes straight through. */
  #straightUntilMs = 0;
  #enterNotBeforeMs = 0;
  #ownFailures = 0;
  /** When the place was last known for sure, and what the line was doing then. */
  #own: { readonly at: number; readonly phase: string | undefined } = { at: 0, phase: undefined };
  /** Joins only to bring a lost place back: never for somebody who did not ask. */
  #isRestoring = false;
  /** On the way to the seats. */
  #isGone = false;

  constructor(ports: WatchPorts, sight: Sight, wantsIn: boolean) {
    this.#ports = ports;
    this.#view = { sight, step: nothing, failures: 0, wantsIn, refused: null };
    this.#looks = new Looks(
      ports,
      () => this.#view.sight,
      (looked) => this.#heard(looked),
    );
  }

  get view(): View {
    return this.#view;
  }

  /** Begins with what the server wrote into the page. */
  async start(): Promise<void> {
    const { place, session, hasSale } = this.#view.sight;
    if (place !== null) return this.#hasPlace(place, false);
    if (session !== 'signed-out' && hasSale) await this.#askOwn();
    else this.#ports.show(this.#view);
    this.#looks.schedule();
  }

  /** Looks at once: the page is back in view, or the connection is. `mayHaveChanged`: the place is asked for, too. */
  async lookNow(mayHaveChanged: boolean): Promise<void> {
    await this.#looks.now();
    if (mayHaveChanged && this.#view.sight.session !== 'signed-out') await this.#askOwn();
  }

  /** Somebody has signed in meanwhile. */
  async signedIn(): Promise<void> {
    this.#sees({ session: 'unknown' });
    await this.#askOwn();
  }

  /** Shows the moment anew: a countdown has moved. */
  redraw(): void {
    this.#ports.show(this.#view);
  }

  /** Joins, or as soon as the lobby opens. */
  join(): void {
    this.#change({ wantsIn: true, refused: null });
    this.#follow();
  }

  /** Enters without waiting for the end of the notice. */
  enter(): void {
    this.#change({ refused: null });
    void this.#enter();
  }

  async leave(): Promise<void> {
    if (this.#isBusy) return;
    this.#busy({ kind: 'leaving' });
    const answer = await this.#ports.desk.leave();
    this.#idle();
    if (answer.kind === 'ok' || codeOf(answer) === 'place-not-found') {
      this.#ports.receipts.forget();
      this.#change({ wantsIn: false, refused: null });
      this.#lacks('left');
    } else {
      this.#refuse(answer);
    }
    this.#follow();
  }

  #change(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    this.#ports.show(this.#view);
  }

  #sees(change: Partial<Sight>): void {
    this.#change({ sight: { ...this.#view.sight, ...change } });
  }

  #heard({ answer, failures }: Looked): void {
    const { sight } = this.#view;
    if (answer.kind === 'ok') {
      const seen = { ...sight, state: answer.body, hasSale: true, lookedAtMs: this.#ports.nowMs() };
      this.#change({ failures, sight: seen });
    } else {
      const hasSale = sight.hasSale && codeOf(answer) !== 'sale-not-found';
      this.#change({ failures, sight: { ...sight, hasSale } });
    }
    this.#follow();
  }

  // Does what the moment asks for. Called whenever something was learnt; each way out of it ends in another look.
  #follow(): void {
    const { sight, wantsIn } = this.#view;
    const standing = standingOf(sight);
    if (standing !== 'called') this.#endNotice();
    if (this.#isBusy || this.#isGone) return;
    if (standing === 'called') return this.#beCalled();
    if (wantsIn && mayJoin(standing)) return void this.#join();
    if (wantsIn && standing === 'admitted') return void this.#enter();
    if (this.#isOwnDue(standing)) this.#askOwnSoon();
  }

  #isOwnDue(standing: Standing): boolean {
    const { state, place } = this.#view.sight;
    if (standing === 'drawing') return state?.phase !== 'drawing';
    if (mayJoin(standing)) return this.#isPlaceOld();
    return standing === 'admitted' && Date.parse(place?.slotEndsAt ?? '') < this.#ports.nowMs();
  }

  // Another device of the same account may have joined meanwhile.
  #isPlaceOld(): boolean {
    const { at, phase } = this.#own;
    const { nowMs, isHidden } = this.#ports;
    return !isHidden() && (phase !== this.#view.sight.state?.phase || nowMs() - at > ownStaleMs);
  }

  // After the draw the whole lobby wants its numbers.
  #askOwnSoon(): void {
    const spread = drawSpreadMs(this.#view.sight.state?.issued ?? 0) + 500;
    this.#stopOwn ??= this.#ports.after(this.#ports.random() * spread, () => void this.#askOwn());
  }

  async #askOwn(): Promise<void> {
    this.#stopOwn?.();
    const answer = await this.#ports.desk.own();
    this.#stopOwn = undefined;
    if (answer.kind === 'ok') {
      this.#ownFailures = 0;
      return this.#hasPlace(answer.body, false);
    }
    if (codeOf(answer) === 'unauthenticated') return this.#signedOut();
    if (this.#view.sight.place !== null) return;
    this.#ownFailures += 1;
    const wait = backOffMs(this.#ownFailures, answer.retryAfterSeconds, this.#ports.random());
    this.#stopOwn = this.#ports.after(wait, () => void this.#askOwn());
  }

  #hasPlace(place: Place, isJoined: boolean): void {
    const { wantsIn, sight } = this.#view;
    this.#own = { at: this.#ports.nowMs(), phase: sight.state?.phase };
    this.#isRestoring = !wantsIn && place.state === 'none' && this.#ports.receipts.read() !== null;
    if (place.receipt !== null) this.#ports.receipts.keep(place.receipt);
    if (place.state === 'left' || place.state === 'done') this.#ports.receipts.forget();
    if (isJoined || wantsIn) this.#straightUntilMs = this.#ports.nowMs() + straightMs;
    const stillWantsIn = isJoined ? place.state === 'admitted' : wantsIn || this.#isRestoring;
    this.#change({ wantsIn: stillWantsIn, sight: { ...sight, session: 'signed-in', place } });
    this.#follow();
    this.#looks.schedule();
  }

  #lacks(state: 'none' | 'left' | 'done'): void {
    const absent = {
      receipt: null,
      number: null,
      lobbyIndex: null,
      ahead: null,
      wait: null,
      slotEndsAt: null,
    };
    this.#sees({ place: { ...absent, state, pollAfter: 3 } });
  }

  #signedOut(): void {
    this.#sees({ session: 'signed-out', place: null });
  }

  async #join(): Promise<void> {
    const { desk, receipts } = this.#ports;
    const receipt = receipts.read();
    this.#busy({ kind: 'joining' });
    const answer = await desk.join(receipt);
    this.#idle();
    if (answer.kind === 'ok') return this.#hasPlace(answer.body, true);
    const code = codeOf(answer);
    if (code === 'receipt-not-valid') {
      // Somebody else's, who was signed in here before.
      receipts.forget();
      if (!this.#isRestoring) return this.#join();
      return this.#change({ wantsIn: false });
    }
    if (code === 'unauthenticated') return this.#signedOut();
    const isFinal = code === 'line-closed' || code === 'sale-closed' || code === 'sale-not-found';
    if (isFinal) this.#change({ wantsIn: false });
    if (code !== 'lobby-not-open') this.#refuse(answer);
    this.#lookAfter(answer);
  }

  // On a page that nobody sees the turn is announced and kept: who comes back is the first in.
  #beCalled(): void {
    const { alarm, isHidden, nowMs, callText } = this.#ports;
    if (this.#stopNotice !== undefined || nowMs() < this.#enterNotBeforeMs) return;
    if (nowMs() < this.#straightUntilMs && !isHidden()) return void this.#enter();
    if (this.#view.step.kind !== 'slot-soon') alarm.ring(callText);
    if (isHidden()) return;
    if (this.#view.step.kind === 'slot-soon') return void this.#enter();
    this.#notice(noticeSeconds);
  }

  #notice(seconds: number): void {
    if (seconds === 0) return void this.#enter();
    this.#change({ step: { kind: 'entering-in', seconds } });
    this.#stopNotice = this.#ports.after(1_000, () => this.#notice(seconds - 1));
  }

  #endNotice(): void {
    this.#ports.alarm.quiet();
    this.#stopNotice?.();
    this.#stopNotice = undefined;
    const { kind } = this.#view.step;
    if (kind === 'entering-in' || kind === 'slot-soon') this.#change({ step: nothing });
  }

  async #enter(): Promise<void> {
    if (this.#isBusy) return;
    this.#stopNotice?.();
    this.#stopNotice = undefined;
    // Who is told to come back in a second would otherwise see the words change twice a second.
    this.#busy(this.#view.step.kind === 'slot-soon' ? this.#view.step : { kind: 'entering' });
    const answer = await this.#ports.desk.enter();
    this.#ports.alarm.quiet();
    if (answer.kind === 'ok') {
      this.#isGone = true;
      this.#looks.end();
      return this.#ports.goToSeats();
    }
    this.#idle();
    this.#straightUntilMs = 0;
    this.#change({ wantsIn: false });
    this.#notEntered(answer);
    this.#lookAfter(answer);
  }

  #notEntered(answer: NotCarriedOut): void {
    const code = codeOf(answer);
    const waitSeconds = answer.retryAfterSeconds ?? 1;
    this.#enterNotBeforeMs = this.#ports.nowMs() + waitSeconds * 900;
    if (code === 'unauthenticated') return this.#signedOut();
    if (code === 'place-used') {
      this.#ports.receipts.forget();
      return this.#lacks('done');
    }
    // The line may have lost the place: the receipt brings it back.
    if (code === 'place-not-found') return void this.#askOwn();
    if (code === 'not-your-turn' || code === null) return this.#change({ step: { kind: 'slot-soon' } });
    if (!['line-paused', 'nothing-left', 'draw-running', 'sale-closed'].includes(code)) this.#refuse(answer);
  }

  #lookAfter(answer: NotCarriedOut): void {
    const failures = answer.kind === 'unknown' ? 1 : 0;
    const wait = backOffMs(failures, answer.retryAfterSeconds ?? 1, this.#ports.random());
    this.#looks.after(Math.min(wait, 30_000));
  }

  #refuse(answer: Answer<unknown>): void {
    if (answer.kind === 'refused') this.#change({ refused: answer.problem });
    if (answer.kind === 'unknown') this.#change({ failures: Math.max(2, this.#view.failures) });
  }

  #busy(step: Step): void {
    this.#isBusy = true;
    this.#change({ step });
  }

  #idle(): void {
    this.#isBusy = false;
    this.#change({ step: nothing });
  }
}
