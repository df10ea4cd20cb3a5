export type ScanTone = "ok" | "again" | "wrong";

/** Pitches in Hz, one after the other: a beep, two beeps, a low buzz. */
const tunes: Record<ScanTone, number[]> = { ok: [880], again: [660, 660], wrong: [180] };

let context: AudioContext | undefined;

/** What a person with a scanner hears without looking. Each sound has a visual twin. */
export function playScan(tone: ScanTone): void {
  try {
    context ??= new AudioContext();
    const start = context.currentTime;
    tunes[tone].forEach((pitch, index) => {
      const oscillator = context!.createOscillator();
      const gain = context!.createGain();
      oscillator.frequency.value = pitch;
      gain.gain.value = 0.08;
      oscillator.connect(gain).connect(context!.destination);
      oscillator.start(start + index * 0.14);
      oscillator.stop(start + index * 0.14 + (tone === "wrong" ? 0.3 : 0.1));
    });
  } catch {
    // No sound on this PC: the flash says the same.
  }
}
