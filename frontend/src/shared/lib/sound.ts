export type ScanSound = "added" | "again" | "refused";

const notes: Record<ScanSound, readonly (readonly [hertz: number, from: number, to: number])[]> = {
  added: [[1320, 0, 0.07]],
  again: [
    [880, 0, 0.07],
    [880, 0.12, 0.19],
  ],
  refused: [[180, 0, 0.28]],
};

let context: AudioContext | undefined;

/** The sound of a scan. A PC without sound has the flash and the words. */
export function playScan(sound: ScanSound): void {
  try {
    context ??= new AudioContext();
    for (const [hertz, from, to] of notes[sound]) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      volume.gain.value = 0.08;
      tone.frequency.value = hertz;
      tone.connect(volume).connect(context.destination);
      tone.start(context.currentTime + from);
      tone.stop(context.currentTime + to);
    }
  } catch {
    context = undefined;
  }
}
