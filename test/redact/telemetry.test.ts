import { describe, expect, test } from "vitest";
import type { Session } from "../../src/model/session.js";
import { redacted } from "../support/redacted.js";
import { sessionFromText } from "../support/session-text.js";
import { EVERY_RECORD } from "../support/telemetry-records.js";

const DRAWN = sessionFromText("session 0..60\n  turn 0..60\n    read 0..5 file /home/Jane Doe/shop/src/told.ts");
const PATH = "/home/Jane Doe/shop/.opencode/telemetry/my own.jsonl";
const SESSION: Session = {
  ...DRAWN,
  directory: "/home/Jane Doe/shop",
  telemetry: EVERY_RECORD,
  notes: [{ kind: "info", text: "1 telemetry file was read", files: [PATH] }],
};

/** Of records of an edit, the files. */
const filesIn = ({ telemetry }: Session) => telemetry.flatMap((record) => (record.kind === "edit" ? record.file : []));

describe("files", () => {
  const edit = EVERY_RECORD[1] as Extract<(typeof EVERY_RECORD)[number], { kind: "edit" }>;
  const told = (file: string): Session => ({ ...SESSION, telemetry: [{ ...edit, file }] });

  test.each([
    ["/home/Mary Major/lib/a.ts", "~/lib/a.ts"],
    ["/mnt/customer/tools/lib/a.ts", "…/lib/a.ts"],
    ["src/a.ts", "src/a.ts"],
  ])("%s is %s by default", (file, shown) => {
    expect(filesIn(redacted(told(file), "paths"))).toEqual([shown]);
  });

  test("in notes are shortened too, in a home that nothing else names", () => {
    const notes = [
      { kind: "info" as const, text: "1 telemetry file was read", files: ["/home/Mary Major/told.jsonl"] },
    ];
    expect(redacted({ ...SESSION, notes }, "paths").notes[0]?.files).toEqual(["~/told.jsonl"]);
  });

  test("in notes have pseudonyms at strict, spaces and all", () => {
    const named = (level: "none" | "paths" | "strict") => redacted(SESSION, level).notes[0]?.files;
    expect([named("none"), named("paths")]).toEqual([[PATH], ["~/shop/.opencode/telemetry/my own.jsonl"]]);
    expect(named("strict")).toEqual([expect.stringMatching(/^~(?:\/folder-\d+){3}\/file-\d+\.jsonl$/)]);
  });
});

test("at strict no name of a record is left, and every figure is", () => {
  const { telemetry } = redacted(SESSION, "strict");
  const names = ["release-notes", "search-replace", "mock", "told", "mend-a-bug", "write-a-test", "_telemetry"];
  for (const name of names) expect(JSON.stringify(telemetry)).not.toContain(name);
  const figures = (records: Session["telemetry"]) =>
    records.map((record) => Object.values(record).filter((value) => typeof value !== "string"));
  expect(figures(telemetry)).toEqual(figures(EVERY_RECORD));
});

test("the same name is the same pseudonym as elsewhere in the session", () => {
  const [skill, edit] = redacted(
    { ...SESSION, telemetry: [...EVERY_RECORD, ...EVERY_RECORD] },
    "strict",
  ).telemetry.slice(4);
  expect([skill, edit]).toEqual(redacted(SESSION, "strict").telemetry.slice(0, 2));
});

test("a credential in any field is replaced, at every level", () => {
  const telemetry = EVERY_RECORD.map((record) =>
    record.kind === "intent" ? { ...record, label: `deploy with ghp_${"a1B2".repeat(9)}` } : record,
  );
  expect(JSON.stringify(redacted({ ...SESSION, telemetry }, "none").telemetry)).not.toContain("a1B2a1B2");
});
