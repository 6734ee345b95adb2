import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    env: { TZ: "UTC" },
    testTimeout: 60_000,
    // By default one core is left idle; much of the time is waiting for a browser.
    maxWorkers: "100%",
    projects: [
      { extends: true, test: { name: "node", include: ["test/**/*.test.ts"], exclude: ["test/browser/**"] } },
      // On a busy machine a real browser may draw later than a test looks. What fails twice is wrong.
      {
        extends: true,
        test: {
          ...{ name: "browser", include: ["test/browser/**/*.test.ts"], retry: 1 },
          globalSetup: ["test/support/unpacked-browser.ts"],
        },
      },
    ],
  },
});
