// window.go and window.runtime for a browser: what the desktop window provides,
// over HTTP. Runs before the page's own scripts.
"use strict";
(() => {
  // The secret of the printed address becomes a cookie before anything else
  // runs, and leaves the address bar and the history.
  const key = /[#&]key=([^&]+)/.exec(location.hash);
  if (key) {
    const request = new XMLHttpRequest();
    request.open("POST", "/session", false);
    request.send(key[1]);
    history.replaceState(null, "", location.pathname + location.search);
  }

  const fault = (code) => new Error(JSON.stringify({ kind: "unavailable", code }));

  const call = async (struct, method, args) => {
    let response;
    try {
      response = await fetch(`/call/${struct}/${method}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        // The window's bridge sends null for what is undefined; so does JSON.
        body: JSON.stringify(args),
      });
    } catch {
      throw fault("webdesk.not_running");
    }
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return JSON.parse(text);
  };

  // Any name is answered: the server knows which exist. "then" is not one, or a
  // promise would take a namespace for another promise.
  const named = (make) =>
    new Proxy({}, { get: (_, name) => (typeof name === "string" && name !== "then" ? make(name) : undefined) });
  window.go = named(() => named((struct) => named((method) => (...args) => call(struct, method, args))));

  const listeners = new Map(); // name → set of {callback, left}
  const emit = (name, ...data) => {
    for (const l of [...(listeners.get(name) ?? [])]) {
      if (l.left > 0 && --l.left === 0) listeners.get(name).delete(l);
      l.callback(...data);
    }
  };
  const on = (name, callback, times) => {
    const l = { callback, left: times };
    if (!listeners.has(name)) listeners.set(name, new Set());
    listeners.get(name).add(l);
    return () => listeners.get(name)?.delete(l);
  };

  let seq = -1;
  const stream = new EventSource("/events");
  stream.addEventListener("ready", (message) => {
    const last = JSON.parse(message.data).seq;
    const missed = seq >= 0 && last !== seq;
    seq = last;
    if (missed) emit("events_missed", { seq, name: "events_missed", data: null });
  });
  stream.onmessage = (message) => {
    const event = JSON.parse(message.data);
    seq = event.seq;
    emit(event.name, event);
  };

  const nothing = () => {};
  const log = (level) => (message) => console[level](message);
  window.runtime = {
    EventsOnMultiple: on,
    EventsOn: (name, callback) => on(name, callback, -1),
    EventsOnce: (name, callback) => on(name, callback, 1),
    EventsOff: (...names) => names.forEach((name) => listeners.delete(name)),
    EventsOffAll: () => listeners.clear(),
    EventsEmit: emit,
    BrowserOpenURL: (url) => window.open(url, "_blank", "noopener,noreferrer"),
    ClipboardGetText: () => navigator.clipboard.readText(),
    ClipboardSetText: (text) => navigator.clipboard.writeText(text).then(() => true),
    Environment: async () => ({ buildType: "webdesk", platform: "browser", arch: "" }),
    LogPrint: log("log"),
    LogTrace: log("debug"),
    LogDebug: log("debug"),
    LogInfo: log("info"),
    LogWarning: log("warn"),
    LogError: log("error"),
    LogFatal: log("error"),
    WindowReload: () => location.reload(),
    WindowReloadApp: () => location.reload(),
    WindowSetTitle: (title) => {
      document.title = title;
    },
    WindowPrint: () => window.print(),
    // A browser's window is its own: it keeps its size, place and theme.
    WindowSetSystemDefaultTheme: nothing,
    WindowSetLightTheme: nothing,
    WindowSetDarkTheme: nothing,
    WindowSetBackgroundColour: nothing,
    WindowShow: nothing,
    WindowUnminimise: nothing,
    Quit: () => window.close(),
  };
})();
