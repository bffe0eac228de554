// Keeps of Tabler's stylesheet what our templates, scripts and presenters name.
import { readFileSync, writeFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const [source, target, ...content] = process.argv.slice(2);
const css = readFileSync(source, "utf8").replace(/\/\*# sourceMappingURL=.*?\*\//, "");
const [kept] = await new PurgeCSS().purge({
  content,
  css: [{ raw: css }],
  defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
  keyframes: true,
  variables: true,
  safelist: { standard: ["html", "body", /^htmx-/] },
});
writeFileSync(target, kept.css);
