import { AppError, asAppError } from "./errors";

// Bytes never cross the bridge: they go to the program's own /local address.
// Bodies are Uint8Array, because WebKitGTK crashes on a Blob sent to wails://.

export async function sendBytes(path: string, bytes: Uint8Array<ArrayBuffer>, type: string): Promise<unknown> {
  const response = await reach(path, { method: "POST", body: bytes, headers: { "Content-Type": type } });
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}

export async function fetchBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await reach(path, { method: "GET" });
  return new Uint8Array(await response.arrayBuffer());
}

export async function fileBytes(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}

export function textBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** The address of something the program serves, for an <img>. */
export function localUrl(path: string): string {
  return `/local/${path.replace(/^\/+/, "")}`;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(localUrl(path), init);
  } catch (thrown) {
    throw new AppError("internal", "bridge.unreachable", {}, undefined, thrown);
  }
  if (response.ok) return response;
  throw asAppError(await response.text());
}
