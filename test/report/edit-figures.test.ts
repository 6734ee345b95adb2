import { describe, expect, test } from "vitest";
import { editMatrix, editsBySource, successRate, summedRates } from "../../src/report/edit-figures.js";
import { editRow } from "../support/skill-report.js";

/** `edit large 2/3`: of a format and a model so many worked of those that ended. */
function rowsOf(...lines: readonly string[]) {
  return lines.map((line) => {
    const [, format = "", model = "", worked, ended] = /^(\S+) (\S+) (\d+)\/(\d+)/.exec(line) ?? [];
    const [succeeded, failed] = [Number(worked), Number(ended) - Number(worked)];
    return editRow({ format, model: model === "?" ? null : model, attempts: Number(ended), succeeded, failed });
  });
}

test("a matrix has the most tried formats and models first, and a rate with its n in each cell", () => {
  const matrix = editMatrix(rowsOf("write small 1/1", "edit large 2/3", "edit small 4/4", "edit ? 0/2"));
  expect(matrix.models).toEqual(["small", "large", null]);
  expect(matrix.formats.map(({ format }) => format)).toEqual(["edit", "write"]);
  expect(matrix.formats[0]?.cells).toEqual([
    { succeeded: 4, ended: 4, rate: 1 },
    { succeeded: 2, ended: 3, rate: 2 / 3 },
    { succeeded: 0, ended: 2, rate: 0 },
  ]);
  expect(matrix.formats[1]?.cells[1]).toEqual({ succeeded: 0, ended: 0, rate: null });
});

test("its totals are those of its cells", () => {
  const matrix = editMatrix(rowsOf("edit large 2/3", "edit small 4/4", "write small 0/1"));
  expect(matrix.all).toEqual({ succeeded: 6, ended: 8, rate: 0.75 });
  expect(matrix.byModel).toEqual(
    matrix.models.map((_, i) => summedRates(matrix.formats.map(({ cells }) => cells[i] as never))),
  );
  for (const { cells, all } of matrix.formats) expect(summedRates(cells)).toEqual(all);
});

test("a model without a column is counted, and its tries are in all", () => {
  const matrix = editMatrix(rowsOf("edit a 3/3", "edit b 1/2", "edit c 0/1"), 2);
  expect([matrix.models, matrix.modelsLeftOut]).toEqual([["a", "b"], 1]);
  expect(matrix.formats[0]?.all).toEqual({ succeeded: 4, ended: 6, rate: 4 / 6 });
});

describe("a rate", () => {
  test("is unknown where nothing ended, not 0", () => {
    expect(successRate([{ succeeded: 0, failed: 0 }]).rate).toBeNull();
    expect(successRate([]).rate).toBeNull();
    expect(successRate([{ succeeded: 0, failed: 1 }]).rate).toBe(0);
  });

  test("leaves out tries that never ended", () => {
    expect(successRate([editRow({ attempts: 5, succeeded: 2, failed: 2 })])).toEqual({
      succeeded: 2,
      ended: 4,
      rate: 0.5,
    });
  });
});

test("what a telemetry file alone tells is apart from the calls of the session", () => {
  const [call, derived, file] = [{}, { basis: "derived" }, { basis: "recorded" }].map((given) =>
    editRow(given as never),
  );
  expect(editsBySource([file, call, derived] as never)).toEqual({ session: [call, derived], telemetry: [file] });
});
