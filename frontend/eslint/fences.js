// The floors of the front end as one rule. A file belongs to a zone; the table
// says what a zone may import, and why not the rest.
import path from "node:path";

const why = {
  "feature-feature": "a feature never imports a feature: a page in src/app joins them",
  "feature-app": "a feature does not know the program around it",
  "shared-feature": "shared code knows no feature",
  "shared-app": "shared code does not know the program around it",
  climb: "no relative import leaves its own house: use @/",
  bridge: "only a feature's api.ts and shared/bridge import the generated bridge",
};

function zone(file, src) {
  const rel = path.relative(src, file).split(path.sep);
  if (rel[0] === "features") return { kind: "feature", name: rel[1] };
  if (rel[0] === "app" || rel[0] === "shared") return { kind: rel[0], name: rel[0] };
  return { kind: "other", name: rel[0] };
}

export const fences = {
  meta: { type: "problem", schema: [], messages: Object.fromEntries(Object.entries(why)) },
  create(context) {
    const root = context.cwd;
    const src = path.join(root, "src");
    const from = zone(context.filename, src);
    const inFile = path.relative(src, context.filename).split(path.sep).join("/");
    const mayUseBridge = /^features\/[^/]+\/api\.ts$/.test(inFile) || /^shared\/(bridge|testing)\//.test(inFile);

    function check(node, spec) {
      if (typeof spec !== "string") return;
      if (spec.startsWith("@wails/") || spec.includes("wailsjs/")) {
        if (!mayUseBridge) context.report({ node, messageId: "bridge" });
        return;
      }
      const relative = spec.startsWith(".");
      if (!relative && !spec.startsWith("@/")) return;
      const target = relative ? path.resolve(path.dirname(context.filename), spec) : path.join(src, spec.slice(2));
      const to = zone(target, src);
      const same = to.kind === from.kind && to.name === from.name;
      if (relative && !same) {
        context.report({ node, messageId: "climb" });
        return;
      }
      if (same) return;
      const id = `${from.kind}-${to.kind}`;
      if (id in why) context.report({ node, messageId: id });
    }

    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => node.source && check(node, node.source.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, node.source.value),
    };
  },
};
