/** Sessions of so many messages are timed. */
export const SIZES = [0, 10, 100, 500, 1_000, 5_000];

/**
 * What may be expected of saving and reloading a session that is kept on disk, in milliseconds at p95, by messages; and
 * what is asked for at a thousand.
 */
export const EXPECTED_MS = {
  save: { 10: 15, 100: 35, 500: 80, 1000: 110 },
  reload: { 10: 30, 100: 70, 500: 160, 1000: 220 },
};
export const BUDGET_MS = { save: { 1000: 100 }, reload: { 1000: 200 } };
