import { defineConfig } from "vitest/config";

// Tests against released OpenCode binaries, which npm provides: `npm run test:opencode`.
export default defineConfig({
  test: {
    include: ["test/opencode/**/*.opencode.ts"],
    env: { TZ: "UTC" },
    testTimeout: 180_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
