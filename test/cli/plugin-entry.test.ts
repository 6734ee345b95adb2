import { expect, test } from "vitest";
import { hasEntry, isNewConfig, newConfig, withEntry, withoutEntry } from "../../src/cli/plugin-entry.js";

const SPEC = "./.opencode/sessionflame/plugin.js";
const ENTRY = `["${SPEC}", { "performance": { "enabled": true } }]`;

test("a new list comes last, indented as the others are, and every comment stays where it is", () => {
  const before = `{
  // ours
  "$schema": "https://opencode.ai/config.json", // the schema
  "model": "a/b" /* the model */ // really
  // the end
}
`;
  expect(withEntry(before, SPEC)).toBe(`{
  // ours
  "$schema": "https://opencode.ai/config.json", // the schema
  "model": "a/b", /* the model */ // really
  "plugin": [
    ${ENTRY}
  ]
  // the end
}
`);
});

test("an entry comes behind the other plugins, with a trailing comma where they have one", () => {
  const before = `{
\t"plugin": [ // in this order
\t\t"one", // the first
\t\t["./two.ts", { "x": 1 }], // the second
\t],
\t"model": "a/b",
}`;
  expect(withEntry(before, SPEC)).toBe(`{
\t"plugin": [ // in this order
\t\t"one", // the first
\t\t["./two.ts", { "x": 1 }], // the second
\t\t${ENTRY},
\t],
\t"model": "a/b",
}`);
});

const CONFIGS = [
  "{}",
  "{ }",
  "{\n}\n",
  "{ // nothing yet\n}",
  '{"model":"a/b"}',
  '{ "model": "a/b", }',
  '{\n    "model": "a/b"\n}',
  '{\n    "model": "a/b", // trailing\n    }\n\n',
  '{\r\n\t"model": "a/b"   \r\n}\r\n',
  '{ "plugin": [] }',
  '{ "plugin": [ ] }',
  '{ "plugin": ["one"] }',
  '{ "plugin": ["one",] }',
  '{ "plugin": ["one", // first\n] }',
  '{ "plugin": [\n  // none yet\n] }',
  '{\r\n  "plugin": [ /* these */\r\n    "one"\r\n  ]\r\n}',
  '{\n  "plugin": [\n    "one", "two" /* and two */\n    // the end\n  ],\n  "x": 1\n}',
  '{\n  "plugin": ["sessionflame", "./plugin.js", "./sessionflame/plugin.ts"]\n}',
  '// head\n{ "provider": { "plugin": ["one"] } } // tail',
];

test.each(CONFIGS)("what is put into %j can be taken out again, to the last byte", (before) => {
  const after = withEntry(before, SPEC) as string;
  expect([hasEntry(before), hasEntry(after)]).toEqual([false, true]);
  expect(withEntry(after, SPEC)).toBe(after);
  expect(withoutEntry(after)).toBe(before);
});

test.each([
  [`{ "plugin": ["${SPEC}", "one"] }`, `{ "plugin": [${ENTRY}, "one"] }`],
  ['{ "plugin": [["file:///elsewhere/sessionflame/plugin.js", {}]] }', `{ "plugin": [${ENTRY}] }`],
  [`{ "plugin": [["${SPEC}", { "performance": { "enabled": false } }]] }`, `{ "plugin": [${ENTRY}] }`],
  [`{ "plugin": ["${SPEC}", "one", ${ENTRY}] }`, `{ "plugin": [${ENTRY}, "one"] }`],
])("an entry that is there already is replaced, not doubled: %s", (before, after) => {
  expect(withEntry(before, SPEC)).toBe(after);
});

test("one that is enabled keeps its other options", () => {
  const text = `{ "plugin": [["${SPEC}", { "performance": { "enabled": true, "more": 1 } }]] }`;
  expect(withEntry(text, SPEC)).toBe(text);
});

test("taken out from between others, it takes its line along", () => {
  const text = `{\n  "plugin": [\n    ${ENTRY},\n    "one",\n    "${SPEC}"\n  ]\n}`;
  expect(withoutEntry(text)).toBe('{\n  "plugin": [\n    "one"\n  ]\n}');
  expect(withoutEntry(`{ "plugin": [${ENTRY}, "one"] }`)).toBe('{ "plugin": [ "one"] }');
});

test.each([
  '{ "plugin": [',
  "[]",
  "[".repeat(20_000),
  '"text"',
  '{ "plugin": "one" }',
  '{ "plugin": [], "plugin": [] }',
  "{} {}",
])("%s is no config", (text) => {
  expect([hasEntry(text), withEntry(text, SPEC), withoutEntry(text)]).toEqual([null, null, null]);
});

test("an empty file becomes a new config, which is told from all others", () => {
  expect(withEntry("", SPEC)).toBe(newConfig(SPEC));
  expect([newConfig(SPEC), `${newConfig(SPEC)} `, "{}"].map(isNewConfig)).toEqual([true, false, false]);
  expect(withEntry('{\n  "$schema": "https://opencode.ai/config.json"\n}\n', SPEC)).not.toBe(newConfig(SPEC));
});
