// A database of OpenCode's with as many sessions as somebody has after a year, grown from a recorded one, and one session
// among them that went on for days. The same sizes give the same rows.
import { copyFileSync } from "node:fs";
import Database from "better-sqlite3";
import { bigSession } from "./big-session.mjs";

const RECORDED = "examples/debug-auth.db";
/** From one session to the next. */
const APART_MS = 3 * 3_600_000;
const FILLER = "const value = await store.read(key); // what a file, a log or a page gives\n";
/** Of six sessions one holds so much more than the recorded one in each of its tools' outputs. */
const MORE_CHARS = [0, 500, 1_000, 1_500, 2_000, 5_000];
/** The long one: so many spans make about 6,300 parts, and so many characters a tool about 19 MB. */
const GIANT = { spans: 6_620, charsATool: 6_500 };

/** Makes the database at `path`. Returns the ids of the long session and of a short one. */
export function grownDatabase(path, sessions) {
  const { database, recorded, insert } = opened(path);
  database.transaction(() => {
    for (let number = 1; number < sessions - 1; number++) addCopy(insert, recorded, number);
  })();
  const giant = database.transaction(() => addGiant(insert, recorded))();
  database.exec("VACUUM; ANALYZE;");
  database.close();
  return { giant, short: recorded.session[0].id };
}

/** The recorded database, copied, without its log of events. */
function opened(path) {
  copyFileSync(RECORDED, path);
  const database = new Database(path);
  database.pragma("journal_mode = OFF");
  database.pragma("synchronous = OFF");
  database.exec("DELETE FROM event; DELETE FROM event_sequence;");
  const recorded = recordedRows(database);
  return { database, recorded, insert: inserts(database, recorded) };
}

const TABLES = ["session", "message", "part"];

function recordedRows(database) {
  return Object.fromEntries(TABLES.map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all()]));
}

/** A function by table that adds a row. */
function inserts(database, recorded) {
  const statements = TABLES.map((table) => {
    const names = Object.keys(recorded[table][0]);
    const statement = database.prepare(`INSERT INTO ${table} (${names}) VALUES (${names.map((name) => `@${name}`)})`);
    return [table, (row) => statement.run(row)];
  });
  return Object.fromEntries(statements);
}

/** The recorded session once more, earlier, with ids of its own and longer outputs. */
function addCopy(insert, recorded, number) {
  const earlierMs = -number * APART_MS;
  const moved = (text) => movedIds(movedTimes(text, earlierMs), earlierMs, number);
  const filler = FILLER.repeat(Math.ceil(MORE_CHARS[number % MORE_CHARS.length] / FILLER.length));
  for (const table of TABLES)
    for (const row of recorded[table]) insert[table](movedRow(table === "part" ? filled(row, filler) : row, moved));
}

function movedRow(row, moved) {
  const entries = Object.entries(row).map(([name, value]) => {
    if (typeof value === "string") return [name, moved(value)];
    return [name, typeof value === "number" && /^time_/.test(name) ? Number(moved(String(value))) : value];
  });
  return Object.fromEntries(entries);
}

/** Longer outputs of tools, as JSON. */
function filled(row, filler) {
  const at = row.data.indexOf('"output":"');
  if (at < 0 || filler === "") return row;
  const from = at + '"output":"'.length;
  return { ...row, data: row.data.slice(0, from) + JSON.stringify(filler).slice(1, -1) + row.data.slice(from) };
}

const movedTimes = (text, ms) => text.replace(/\b17\d{11}\b/g, (digits) => String(Number(digits) + ms));

/** OpenCode's ids begin with the time in twelve hexadecimal digits; those of sessions run backwards. */
function movedIds(text, ms, number) {
  return text.replace(/\b(ses|msg|prt)_([0-9a-f]{12})([0-9A-Za-z]{14})\b/g, (_, kind, hex, tail) => {
    const stamp = BigInt(`0x${hex}`) + BigInt(kind === "ses" ? -ms : ms) * 4_096n;
    const own = number.toString(36).padStart(4, "0");
    return `${kind}_${BigInt.asUintN(48, stamp).toString(16).padStart(12, "0")}${tail.slice(0, -4)}${own}`;
  });
}

/** Returns its id. */
function addGiant(insert, recorded) {
  const filler = FILLER.repeat(Math.ceil(GIANT.charsATool / FILLER.length));
  return addExport(insert, recorded, JSON.parse(bigSession(GIANT.spans)), filler);
}

/** A session as an export has it. Returns its id. */
function addExport(insert, recorded, { info, messages }, filler) {
  insert.session({ ...recorded.session[0], ...sessionColumns(info) });
  for (const { info: message, parts } of messages) {
    const { id, sessionID: session_id, ...data } = message;
    const times = { time_created: message.time.created, time_updated: message.time.created };
    insert.message({ id, session_id, ...times, data: JSON.stringify(data) });
    for (const { id: partId, sessionID: _, messageID: __, ...part } of parts) {
      const row = { id: partId, message_id: id, session_id, ...times, data: JSON.stringify(part) };
      insert.part(filled(row, part.type === "tool" ? filler : ""));
    }
  }
  return info.id;
}

function sessionColumns({ id, slug, title, directory, cost, tokens, time }) {
  const { input, output, reasoning, cache } = tokens;
  return {
    ...{ id, slug, title, directory, cost, time_created: time.created, time_updated: time.updated },
    ...{ tokens_input: input, tokens_output: output, tokens_reasoning: reasoning },
    ...{ tokens_cache_read: cache.read, tokens_cache_write: cache.write },
  };
}

/** A database with nothing but the sessions of these exports. */
export function databaseOf(path, exports) {
  const { database, recorded, insert } = opened(path);
  for (const table of TABLES.toReversed()) database.exec(`DELETE FROM ${table}`);
  database.transaction(() => {
    for (const text of exports) addExport(insert, recorded, JSON.parse(text), "");
  })();
  database.close();
}
