/** What a stage is called, where its name does not say it. */
export const STAGE_WORDS = { cycle: "report → extract → report --from" };

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

/**
 * So many times the messages may cost at most so many times as much: linear is ten, and what is fixed makes it less. What
 * grows with the square shows from where it is half of the rest.
 */
export const GROWTH = { small: 500, large: 5_000, most: 14 };

/** What a short session may cost among ten times as many others. */
export const ONE_OF_MANY = { most: 1.5 };
