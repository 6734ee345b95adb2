import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { QUERIES } from "../../../src/load/opencode/tables-1.js";
import { DATABASES } from "../../support/fixtures.js";

test.each(DATABASES.filter(({ generation }) => generation === 1))(
  "$name: every query of a report goes by an index",
  ({ path }) => {
    const opened = new Database(path, { readonly: true });
    for (const [name, sql] of Object.entries(QUERIES)) {
      const plan = opened.prepare(`EXPLAIN QUERY PLAN ${sql}`).all("ses_x") as { detail: string }[];
      const scans = plan.map(({ detail }) => detail).filter((detail) => /^SCAN/.test(detail));
      expect([name, ...scans]).toEqual([name]);
    }
    opened.close();
  },
);
