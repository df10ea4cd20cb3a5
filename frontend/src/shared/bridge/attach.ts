import * as v from "valibot";

import { fileBytes, sendBytes } from "./local";
import type { FileRef } from "./models";

const refSchema = v.object({ sha256: v.string(), size: v.number(), type: v.string(), name: v.string() });

/** Copies a photo, voucher or bundle into the program's own store and names it by its contents. */
export async function attachFile(file: File): Promise<FileRef> {
  const type = file.type || "application/octet-stream";
  const query = `name=${encodeURIComponent(file.name)}&type=${encodeURIComponent(type)}`;
  return v.parse(refSchema, await sendBytes(`attach?${query}`, await fileBytes(file), type)) as FileRef;
}
