import type { GridEdit } from "@/shared/ui/grid/types";

export interface SaveLane {
  /** What stands in the cell now; undefined when it was given back as it was. */
  type: (cell: GridEdit | undefined) => void;
  /** Runs after all that was asked for before. It settles as the work does. */
  save: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * The saves of one draft's cells, one at a time and in their order, so that a key
 * that was on its way never comes back after its edit has ended. Of what is being
 * typed only the newest waits: fast typing never queues up.
 */
export function saveLane(
  send: (cell: GridEdit | undefined) => Promise<void>,
  failed: (error: unknown) => void,
): SaveLane {
  const queue: (() => Promise<void>)[] = [];
  let busy = false;
  let newest: GridEdit | undefined;
  let waiting = false;
  let kept = true; // an edit may have been left open before
  let complained = false;

  const run = async () => {
    busy = true;
    for (let job = queue.shift(); job; job = queue.shift()) await job();
    busy = false;
  };
  const add = (job: () => Promise<void>) => {
    queue.push(job);
    if (!busy) void run();
  };
  const sendNewest = async () => {
    waiting = false;
    const cell = newest;
    if (cell === undefined && !kept) return;
    try {
      await send(cell);
      kept = cell !== undefined;
      complained = false;
    } catch (error) {
      if (!complained) failed(error); // once, not at every key
      complained = true;
    }
  };

  return {
    type: (cell) => {
      newest = cell;
      if (waiting) return;
      waiting = true;
      add(sendNewest);
    },
    save: (work) =>
      new Promise((resolve, reject) => {
        add(() => work().then(resolve, reject));
      }),
  };
}
