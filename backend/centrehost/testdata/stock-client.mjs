// Sends one file with a client that nobody here has written, as its own page
// shows it. Arguments: endpoint, token, file, SHA-256.
import { createReadStream, statSync } from "node:fs";
import { createRequire } from "node:module";

const tus = createRequire(new URL("../../../frontend/package.json", import.meta.url))("tus-js-client");
const [endpoint, token, file, sha256] = process.argv.slice(2);

new tus.Upload(createReadStream(file), {
  endpoint,
  chunkSize: 4 * 1024 * 1024,
  uploadSize: statSync(file).size,
  retryDelays: Array.from({ length: 60 }, () => 200),
  headers: { Authorization: `Bearer ${token}` },
  metadata: { sha256, filename: "board.png", filetype: "image/png" },
  onError: (error) => {
    console.error(String(error));
    process.exit(1);
  },
  onSuccess: () => process.exit(0),
}).start();
