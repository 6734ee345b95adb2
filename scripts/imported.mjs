import { build } from "esbuild";

/** A source file of the project as a module. */
export async function imported(path) {
  const bundle = { bundle: true, format: "esm", platform: "node", write: false, mainFields: ["module", "main"] };
  const { outputFiles } = await build({ entryPoints: [path], ...bundle });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
