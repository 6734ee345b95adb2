import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { QUERIES } from "../../src/load/opencode-rows.js";
import { RECORDED } from "../support/fixtures.js";

test.each(RECORDED)("$name: every query of a report goes by an index", ({ db }) => {
  const opened = new Database(db, { readonly: true });
  for (const [name, sql] of Object.entries(QUERIES)) {
    const plan = opened.prepare(`EXPLAIN QUERY PLAN ${sql}`).all("ses_x") as { detail: string }[];
    const scans = plan.map(({ detail }) => detail).filter((detail) => /^SCAN/.test(detail));
    expect([name, ...scans]).toEqual([name]);
  }
  opened.close();
});
