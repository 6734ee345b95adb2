import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const DAY_STAMP = 86_400_000n * 4_096n;

/**
 * Fills `folder` with the storage folder of a recorded session and copies of it, each some days older than the one before,
 * until there are about `count` files. Returns how many there are.
 */
export function makeStorageTree(recorded, folder, count) {
  cpSync(recorded, folder, { recursive: true });
  const names = readdirSync(recorded, { recursive: true, encoding: "utf8" }).filter((name) =>
    /^(session|message|part)\/.*\.json$/.test(name),
  );
  const copies = Math.max(0, Math.ceil(count / names.length) - 1);
  const texts = names.map((name) => readFileSync(join(recorded, name), "utf8"));
  for (let copy = 1; copy <= copies; copy++) {
    names.forEach((name, i) => {
      const path = join(folder, older(name, copy));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, older(texts[i], copy));
    });
  }
  return names.length * (copies + 1);
}

/** Moves the time in every id back; those of sessions run the other way. */
function older(text, days) {
  return text.replace(/\b(ses|msg|prt)_([0-9a-f]{12})/g, (_, prefix, hex) => {
    const shift = BigInt(days) * DAY_STAMP * (prefix === "ses" ? -1n : 1n);
    const stamp = BigInt.asUintN(48, BigInt(`0x${hex}`) - shift);
    return `${prefix}_${stamp.toString(16).padStart(12, "0")}`;
  });
}
