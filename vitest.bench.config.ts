import { defineConfig } from "vitest/config";

// What `npm run bench -- stages` times: source files of the project, which need a compiler.
export default defineConfig({
  test: { include: ["scripts/bench/**/*.bench.ts"], env: { TZ: "UTC" }, testTimeout: 1_200_000 },
});
