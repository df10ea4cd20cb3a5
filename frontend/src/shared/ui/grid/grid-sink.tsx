import { type KeyboardEvent, type Ref, type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";

import { matches, parseCombo } from "@/shared/lib/hotkeys";

import { type Bounds, at, move, step } from "./selection";
import type { Cell, GridColumn, Selection } from "./types";
import type { GridDeeds } from "./use-grid-deeds";

interface GridSinkProps {
  ref: Ref<HTMLTextAreaElement>;
  head: RefObject<HTMLDivElement | null>;
  top: number;
  rowHeight: number;
  active: Cell;
  column: GridColumn;
  value: string;
  label: string;
  readOnly: boolean;
  /** Whether the value is here. A row on its way takes what is typed, but cannot be opened. */
  known: boolean;
  selection: Selection;
  bounds: Bounds;
  deeds: GridDeeds;
  onSelect: (next: Selection) => void;
  /** The text of an edit that had not ended, to go on with. */
  resume: string | undefined;
  onResumed: () => void;
}

const combos = {
  all: parseCombo("mod+a"),
  fillDown: parseCombo("mod+d"),
  fillRight: parseCombo("mod+r"),
  remove: parseCombo("mod+-"),
  insert: parseCombo("mod+shift+="),
};

/**
 * The one text field of the grid. Empty and see-through it receives keys, paste
 * and composed characters for the active cell; from the first character on it
 * is the cell's editor. Enter while composing never ends the edit.
 */
export function GridSink(props: GridSinkProps) {
  const { ref, head, top, rowHeight, active, column, value, label, readOnly, known, selection, bounds } = props;
  const { deeds, onSelect, resume, onResumed } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const [editing, show] = useState(false);
  // Blur may come before React has drawn the end of an edit: this is the truth.
  const open = useRef(false);
  // The list was opened over the cell: leaving it unanswered keeps the value.
  const asked = useRef(false);
  const [typed, setTyped] = useState("");
  const [choice, setChoice] = useState(-1);
  const [place, setPlace] = useState({ left: 0, width: 0 });
  useImperativeHandle(ref, () => field.current!, []);

  useLayoutEffect(() => {
    const cell = head.current?.children[active.col + 1] as HTMLElement | undefined;
    if (cell) setPlace({ left: cell.offsetLeft, width: cell.offsetWidth });
  }, [head, active.col, column.width, bounds.cols]);

  const options = editing && column.options ? suggest(column.options, typed) : [];

  const setEditing = (on: boolean) => {
    open.current = on;
    show(on);
  };

  const begin = (text: string) => {
    if (readOnly || !known) return;
    field.current!.value = text;
    setTyped(text);
    setEditing(true);
  };

  const end = (keep: boolean, text = field.current!.value) => {
    const was = open.current;
    field.current!.value = "";
    setEditing(false);
    setChoice(-1);
    const unanswered = asked.current && text === "";
    asked.current = false;
    if (keep && was && !unanswered) deeds.commit(text);
    else if (was) deeds.typed(undefined);
  };

  useEffect(() => {
    if (resume === undefined || readOnly || !known) return;
    begin(resume);
    field.current!.focus({ preventScroll: true });
    onResumed();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, as soon as the row is there
  }, [resume, readOnly, known]);

  // What was typed before its row had arrived is kept as soon as it has.
  useEffect(() => {
    if (known && open.current) deeds.typed(field.current!.value);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when the row arrives, not at every drawing
  }, [known]);

  // Whoever leaves the screen has left the cell, and so saved it.
  const leave = useRef(() => {});
  useEffect(() => {
    leave.current = () => {
      if (open.current) deeds.commit(typed);
      open.current = false;
    };
  });
  useEffect(() => () => leave.current(), []);

  const keysWhileEditing = (event: KeyboardEvent): boolean => {
    if (event.key === "Escape") {
      event.stopPropagation();
      end(false);
    } else if (event.key === "Enter" && !event.altKey && !event.ctrlKey && !event.metaKey) {
      end(true, choice >= 0 ? options[choice] : undefined);
      onSelect(step(selection, "Enter", event.shiftKey, bounds) ?? selection);
    } else if (event.key === "Tab") {
      const next = step(selection, "Tab", event.shiftKey, bounds);
      end(true, choice >= 0 ? options[choice] : undefined);
      if (next === undefined) return false;
      onSelect(next);
    } else if (options.length > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const by = event.key === "ArrowDown" ? 1 : -1;
      setChoice((choice + by + options.length) % options.length);
    } else if ((event.ctrlKey || event.metaKey) && /^Key[ZY]$/.test(event.nativeEvent.code)) {
      event.stopPropagation(); // the field's own undo, not the page's
      return false;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      end(true);
      onSelect(move(selection, { key: event.key, ctrl: false, shift: false }, bounds) ?? selection);
    } else {
      return false;
    }
    return true;
  };

  const keysWhileMoving = (event: KeyboardEvent): boolean => {
    const native = event.nativeEvent;
    const ctrl = event.ctrlKey || event.metaKey;
    if (event.key === "ArrowDown" && event.altKey && column.options) {
      begin("");
      asked.current = true;
    }
    else if (event.altKey) return false;
    else if (event.key === "F2") begin(value);
    else if (event.key === "Enter" && !ctrl) onSelect(step(selection, "Enter", event.shiftKey, bounds) ?? selection);
    else if (event.key === "Tab" && !ctrl) {
      const next = step(selection, "Tab", event.shiftKey, bounds);
      if (next === undefined) return false;
      onSelect(next);
    } else if (event.key === "Delete" || event.key === "Backspace") deeds.clear();
    else if (matches(combos.all, native)) {
      onSelect({ anchor: { row: 0, col: 0 }, active: { row: bounds.rows - 1, col: bounds.cols - 1 } });
    } else if (matches(combos.fillDown, native)) deeds.fillDown();
    else if (matches(combos.fillRight, native)) deeds.fillRight();
    else if (matches(combos.remove, native)) deeds.remove();
    else if (matches(combos.insert, native) || (ctrl && event.shiftKey && event.key === "+")) deeds.insert();
    else {
      const next = move(selection, { key: event.key, ctrl, shift: event.shiftKey }, bounds);
      if (next === undefined) return false;
      onSelect(next);
    }
    return true;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (editing ? keysWhileEditing(event) : keysWhileMoving(event)) event.preventDefault();
  };

  return (
    <>
      <textarea
        ref={field}
        className="grid-sink"
        data-pane-focus
        data-editing={editing}
        data-code={column.code || undefined}
        aria-label={label}
        aria-readonly={readOnly || undefined}
        rows={1}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        style={{ top, left: place.left, width: place.width, height: rowHeight }}
        onKeyDown={onKeyDown}
        onInput={(event) => {
          const text = event.currentTarget.value;
          if (readOnly) {
            event.currentTarget.value = "";
            return;
          }
          // A scan gives the field back as it was: empty means that no edit had begun.
          if (text === "" && !event.nativeEvent.isTrusted) {
            setEditing(false);
            deeds.typed(undefined);
            return;
          }
          setTyped(text);
          deeds.typed(text);
          setChoice(-1);
          if (!editing) setEditing(true);
        }}
        onCompositionStart={() => !readOnly && setEditing(true)}
        onCompositionEnd={(event) => !readOnly && deeds.typed(event.currentTarget.value)}
        onDoubleClick={() => !editing && begin(value)}
        onMouseDown={(event) => {
          // Under the see-through field lies the active cell: a click keeps it active.
          event.stopPropagation();
          if (!editing && !event.shiftKey) onSelect(at(active.row, active.col));
        }}
        onBlur={() => open.current && end(true)}
        onCopy={(event) => {
          if (editing) return;
          event.preventDefault();
          deeds.copy(event.clipboardData);
        }}
        onCut={(event) => {
          if (editing) return;
          event.preventDefault();
          deeds.copy(event.clipboardData);
          deeds.clear();
        }}
        onPaste={(event) => {
          if (editing) return;
          event.preventDefault();
          deeds.paste(event.clipboardData.getData("text/plain"));
        }}
      />
      {options.length > 0 && (
        <ul className="grid-options" role="listbox" aria-label={column.title} style={{ top: top + rowHeight, left: place.left }}>
          {options.map((option, i) => (
            <li
              key={option}
              role="option"
              aria-selected={i === choice}
              onMouseDown={(event) => {
                event.preventDefault();
                event.stopPropagation();
                end(true, option);
              }}
            >
              {option}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function suggest(options: readonly string[], typed: string): string[] {
  const words = typed.toLowerCase().split(/\s+/);
  const fits = options.filter((option) => words.every((word) => option.toLowerCase().includes(word)));
  return fits.length === 1 && fits[0] === typed ? [] : fits.slice(0, 8);
}
