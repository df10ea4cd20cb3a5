import { type Burst, isScan, limits, scannedChar } from "./scanner";

type Field = HTMLInputElement | HTMLTextAreaElement;

interface Snapshot {
  field: Field;
  value: string;
  start: number | null;
  end: number | null;
}

const bounce = 1500;

// A scanner may send neither Enter nor Tab: then a silence ends the code. It is
// longer than any gap between keys, because a busy PC hands them over late.
const silenceEnds = 300;

/**
 * Listens to the whole window and reports scans.
 *
 * Guaranteed: a scan leaves the focused field as it was before its first key,
 * and its Enter or Tab reaches nobody, so a scan never submits a form. The same
 * code within 1.5 s is the trigger bouncing, and is reported once.
 */
export function listenForScans(target: Window, report: (code: string) => void): () => void {
  let burst: Burst = { text: "", times: [] };
  let before: Snapshot | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let last = { code: "", at: -Infinity };

  const reset = () => {
    clearTimeout(silence);
    burst = { text: "", times: [] };
    before = undefined;
  };

  const finish = (): boolean => {
    const scan = isScan(burst);
    const { text, times } = burst;
    const snapshot = before;
    reset();
    if (!scan) return false;
    if (snapshot) restore(snapshot);
    const at = times.at(-1)!;
    if (text !== last.code || at - last.at > bounce) report(text);
    last = { code: text, at };
    return true;
  };

  const onKey = (event: KeyboardEvent) => {
    const at = event.timeStamp;
    const gap = burst.times.length > 0 ? at - burst.times.at(-1)! : 0;
    if (gap > limits.gap) reset();
    if (event.key === "Enter" || event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Tab") {
      if (finish()) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      return;
    }
    if (/^(Shift|CapsLock)/.test(event.code)) return;
    const char = scannedChar(event);
    if (char === undefined || event.repeat) {
      reset();
      return;
    }
    if (burst.text === "") before = snapshotOf(target.document.activeElement);
    burst.text += char;
    burst.times.push(at);
    clearTimeout(silence);
    // Too few keys for a scan may be the beginning of one that is handed over
    // late: the times of the keys themselves decide, at the next key.
    silence = setTimeout(() => isScan(burst) && finish(), silenceEnds);
  };

  target.addEventListener("keydown", onKey, { capture: true });
  return () => {
    reset();
    target.removeEventListener("keydown", onKey, { capture: true });
  };
}

function snapshotOf(element: Element | null): Snapshot | undefined {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return undefined;
  if (element.readOnly || element.disabled) return undefined;
  return { field: element, value: element.value, start: element.selectionStart, end: element.selectionEnd };
}

// React hears a value only through the native setter and an input event. Blur
// and focus come after it, so that leaving the field saves nothing of the scan;
// they drop what an input method may still be composing.
function restore({ field, value, start, end }: Snapshot): void {
  if (field.value === value) return;
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.blur();
  field.focus({ preventScroll: true });
  if (start !== null && end !== null) field.setSelectionRange(start, end);
}
