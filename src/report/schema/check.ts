import * as v from "valibot";
import type { Check } from "../../model/check.js";
import type { Plain, Same } from "../schema.js";
import { figure, flag, known, list, optional, text } from "./figures.js";

/** What `check --format json` prints. */
export const checkSchema = v.object({
  version: v.literal(1),
  kind: v.literal("check"),
  session: v.object({ id: text, title: text }),
  ok: flag,
  allowsUnknown: flag,
  budgets: list(
    v.object({
      id: text,
      label: text,
      unit: v.picklist(["ms", "usd", "tokens", "share"]),
      bound: v.picklist(["at-most", "at-least"]),
      limit: known(figure),
      actual: known(figure),
      status: v.picklist(["failed", "unknown", "passed"]),
      remark: text,
      baseline: optional(known(figure)),
      allowsUnknown: flag,
    }),
  ),
});

/** The schema and `Check` say the same, or this line does not compile. */
true satisfies Same<Plain<v.InferOutput<typeof checkSchema>>, Plain<Check>>;
