// What the grid's benchmark does in the page. WebDriver wraps it in a function:
// arguments are the step's name, its numbers, and last the callback.
const [step, ...rest] = arguments;
const done = rest.pop();

const frame = () => new Promise((next) => requestAnimationFrame(next));

async function until(what, holds) {
  const end = performance.now() + 60_000;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (performance.now() > end) throw new Error("waited a minute for " + what);
    await new Promise((next) => setTimeout(next, 50));
  }
}

const steps = {
  // A newcomer starts to practise: no centre is needed.
  async enter() {
    await until("the bridge", () => window.go?.app?.Start);
    await window.go.app.Start.Practise();
  },

  // A draft gets its devices in one paste, as from a spreadsheet.
  async fill(rows) {
    const lines = Array.from({ length: rows }, (_, i) => {
      const serial = "JM24X7" + String(1_000_000 + i * 7);
      return [serial, ["X16-Q Pro", "X16-Q", "X16-P", "X4-Q"][i % 4], ["0 ASIC on board 2", "Fan 3 speed", "No network"][i % 3], "2026-03-04"].join("\t");
    });
    const drafts = window.go.app.Drafts;
    const draft = await drafts.Create("");
    const job = await drafts.Paste(draft.id, -1, "serial", lines.join("\n"));
    if (job.state === "reading") await until("the paste", async () => (await drafts.Import(job.job)).state === "done");
    const view = await drafts.Get(draft.id);
    if (view.row_count !== rows) throw new Error(`the draft has ${view.row_count} rows of ${rows}`);
    sessionStorage.setItem("draft", draft.id);
  },

  async show(rows) {
    location.hash = "#/drafts/" + sessionStorage.getItem("draft");
    const grid = await until("the grid", () => document.querySelector(`[role=grid][aria-rowcount="${rows + 2}"]`));
    await until("its rows", () => grid.textContent.includes("JM24X71000000"));
  },

  // Two and a half rows a frame, on rows that this pass sees for the first time.
  async scroll(frames, round) {
    const scroller = document.querySelector("[role=grid]").parentElement;
    const from = round * frames * 80;
    scroller.scrollTop = from;
    for (let i = 0; i < 60; i++) await frame();
    const took = [];
    let last = await frame();
    for (let i = 1; i <= frames; i++) {
      scroller.scrollTop = from + i * 80;
      const now = await frame();
      took.push(now - last);
      last = now;
    }
    // What was scrolled to is there: an empty grid would be quick too.
    const row = Math.floor(scroller.scrollTop / (scroller.querySelectorAll("[role=row]")[1].offsetHeight || 1)) + 2;
    const serial = "JM24X7" + String(1_000_000 + row * 7);
    await until(`row ${row} with ${serial}`, () => scroller.textContent.includes(serial));
    return took;
  },
};

steps[step](...rest).then(
  (value) => done(JSON.stringify({ value: value ?? null })),
  (error) => done(JSON.stringify({ error: String(error?.message ?? error) })),
);
