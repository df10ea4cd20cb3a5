import { fakeBridge } from "./fake-bridge";

const { rows, ...wishes } = Object.fromEntries(new URLSearchParams(location.search));
fakeBridge({ ...wishes, rows: rows === undefined ? undefined : Number(rows) });
