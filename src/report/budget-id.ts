/** The id of a budget, as a check has it: of a figure, of a tool's p95, of what is held against a baseline. */
export const BUDGET_ID =
  /^(?:cache-hits|context|(?:regression:)?(?:wall-time|active-time|cost|tokens|tool-errors|tool-p95:.+))$/;
