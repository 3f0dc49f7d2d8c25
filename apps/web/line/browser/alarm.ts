/** Tells somebody who looks elsewhere that it is their turn. */
export interface Alarm {
  /** Turns the sound on, with a test, or off; true when it is on. Must be called from a press: browsers ask for one. */
  toggle(): boolean;
  ring(text: string): void;
  quiet(): void;
}

const notes = [880, 1175, 1568] as const;
const noteSeconds = 0.18;
/** Rings again at this distance while nobody comes, for as long as a call stands. */
const againMs = 5_000;
const mostRings = 12;

/** Creates the alarm; it is silent until it is turned on. */
export function createAlarm(): Alarm {
  let sound: AudioContext | undefined;
  let repeating: ReturnType<typeof setInterval> | undefined;
  const quiet = () => {
    clearInterval(repeating);
    repeating = undefined;
  };
  return {
    quiet,
    toggle: () => {
      if (sound === undefined) {
        sound = new AudioContext();
        void sound.resume();
        play(sound);
        return true;
      }
      void sound.close();
      sound = undefined;
      return false;
    },
    ring: (text) => {
      if (repeating !== undefined) return;
      let left = mostRings;
      const once = () => {
        if (sound !== undefined) play(sound);
        vibrate();
        left -= 1;
        if (left === 0) quiet();
      };
      repeating = setInterval(once, againMs);
      once();
      notify(text);
    },
  };
}

function play(sound: AudioContext): void {
  notes.forEach((frequency, index) => {
    const startsAt = sound.currentTime + index * noteSeconds;
    const tone = new OscillatorNode(sound, { frequency });
    const volume = new GainNode(sound, { gain: 0 });
    volume.gain.setValueAtTime(0.25, startsAt);
    // A tone that ends abruptly clicks.
    volume.gain.exponentialRampToValueAtTime(0.001, startsAt + noteSeconds);
    tone.connect(volume).connect(sound.destination);
    tone.start(startsAt);
    tone.stop(startsAt + noteSeconds);
  });
}

// Browsers warn where nobody has touched the page yet.
function vibrate(): void {
  if ('vibrate' in navigator && navigator.userActivation.hasBeenActive) navigator.vibrate([300, 150, 300]);
}

// Never asks for the permission: who gave it to us before is told, all others are left alone.
function notify(text: string): void {
  if (document.visibilityState === 'visible') return;
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    new Notification(text, { tag: 'urr-line' });
  } catch {
    // Browsers of phones show notifications of service workers alone.
  }
}
