import { createContext, useContext } from "react";

import { playScan, type ScanSound } from "./sound";

/** Whether the person wants to hear scans: the page says so, from the settings. */
export const ScanSoundWanted = createContext(false);

/** Plays the sound of a scan, when sounds are wanted. The flash and the words say the same. */
export function useScanSound(): (sound: ScanSound) => void {
  const wanted = useContext(ScanSoundWanted);
  return (sound) => {
    if (wanted) playScan(sound);
  };
}
