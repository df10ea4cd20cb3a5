import * as system from "@wails/go/app/System";

import { call } from "./call";
import type { FileRef } from "./models";

/** Shows a file of the program's store: in the system's own program, or in a browser's new tab. */
export async function openStored(file: FileRef): Promise<void> {
  const { url } = await call(() => system.OpenFile(file.sha256, file.name));
  if (url !== "") window.open(url, "_blank", "noreferrer");
}
