import { execFile } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Reads printed pages back as the receiver's tools would. */

/** What every code on every page of a PDF says, rendered at the dots of a label printer. */
export async function decodePages(pdf: string, into: string): Promise<string[]> {
  await mkdir(into, { recursive: true });
  await run("pdftoppm", ["-r", "203", "-gray", "-png", pdf, join(into, "page")]);
  const pages = (await readdir(into)).filter((name) => name.endsWith(".png")).sort();
  const said: string[] = [];
  for (const page of pages) {
    const { stdout } = await run("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", join(into, page)]).catch(
      (failed: { stdout?: string; stderr?: string }) => {
        throw new Error(`no code is readable on ${page} of ${pdf}: ${failed.stderr ?? ""}`);
      },
    );
    said.push(stdout.trim());
  }
  return said;
}

export async function textOf(pdf: string): Promise<string> {
  return (await run("pdftotext", ["-layout", pdf, "-"], { maxBuffer: 16 << 20 })).stdout;
}
