import { expect, test } from "vitest";
import { retryReason } from "../../src/recorder/retry-reason.js";
import { settingsOf } from "../../src/recorder/settings.js";

const DEFAULTS = { isEnabled: false, maySaveReports: true, maxMetrics: 1000 };

test.each([undefined, {}, { performance: {} }, { performance: { other: 1 } }])(
  "%j stands for the defaults",
  (options) => {
    expect(settingsOf(options)).toEqual({ settings: DEFAULTS, wrong: [] });
  },
);

test("what is given counts", () => {
  const performance = { enabled: true, saveReports: false, maxMetrics: 5 };
  expect(settingsOf({ performance }).settings).toEqual({ isEnabled: true, maySaveReports: false, maxMetrics: 5 });
});

test.each([
  [{ performance: { enabled: "true" } }, ["performance.enabled"]],
  [{ performance: { maxMetrics: 0, saveReports: null } }, ["performance.saveReports", "performance.maxMetrics"]],
  [{ performance: { maxMetrics: 1.5 } }, ["performance.maxMetrics"]],
  [{ performance: { maxMetrics: 1e9 } }, ["performance.maxMetrics"]],
  [{ performance: true }, ["performance"]],
  [{ performance: [] }, ["performance"]],
  ["enabled", ["the options"]],
])("of %j the default stands, and it is named", (options, wrong) => {
  expect(settingsOf(options)).toEqual({ settings: DEFAULTS, wrong });
});

test.each([
  ["mock error 503", "503"],
  ["429 Too Many Requests", "429"],
  ["Provider is overloaded", "overloaded"],
  ["Too many requests from alice@example.com", "rate-limit"],
  ["Request timed out", "timeout"],
  ["ECONNRESET", "connection"],
  ["Invalid API key: sk-1234", "refused"],
  ["You have 450 tokens left, Bob", null],
  [`${" ".repeat(500)}overloaded`, null],
  [undefined, null],
])("the reason of %j is %j", (message, reason) => {
  expect(retryReason(message)).toBe(reason);
});
