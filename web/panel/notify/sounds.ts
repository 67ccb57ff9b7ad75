import type { Level } from './news';

/** Tones of a signal: hertz and when they begin, seconds. Each signal is shorter than a second. */
const TONES: Readonly<Record<Level, readonly (readonly [number, number])[]>> = {
  offer: [
    [660, 0],
    [880, 0.16],
    [1100, 0.32],
  ],
  assigned: [
    [660, 0],
    [880, 0.16],
  ],
  message: [[740, 0]],
  unassigned: [[440, 0]],
};

const TONE_S = 0.14;
const VOLUME = 0.08;

let context: AudioContext | undefined;

/** Sounds the signal. Says nothing where the browser does not let us before the first click. */
export function sound(level: Level): void {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
    const now = context.currentTime;
    for (const [hertz, at] of TONES[level]) {
      const tone = context.createOscillator();
      const gain = context.createGain();
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(VOLUME, now + at);
      gain.gain.exponentialRampToValueAtTime(0.001, now + at + TONE_S);
      tone.connect(gain).connect(context.destination);
      tone.start(now + at);
      tone.stop(now + at + TONE_S);
    }
  } catch {
    // No sound on this computer.
  }
}
