import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    env: { TZ: "UTC" },
    testTimeout: 60_000,
    // By default one core is left idle; much of the time is waiting for a browser.
    maxWorkers: "100%",
  },
});
