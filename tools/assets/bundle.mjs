// Bundles one entry file into one minified ES module, its licences kept at the end.
import { build } from "esbuild";

const [entry, target] = process.argv.slice(2);
await build({
  entryPoints: [entry],
  outfile: target,
  bundle: true,
  format: "esm",
  legalComments: "eof",
  logLevel: "warning",
  minify: true,
  target: "es2020",
});
