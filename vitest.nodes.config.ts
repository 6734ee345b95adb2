import { defineConfig } from "vitest/config";

// Tests under several releases of Node, which npm provides: `npm run test:nodes`.
export default defineConfig({
  test: {
    include: ["test/nodes/**/*.nodes.ts"],
    env: { TZ: "UTC" },
    testTimeout: 180_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
