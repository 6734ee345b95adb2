import { button, element } from "../page/element.js";
import { KEYS } from "./keys.js";

/** The keys, in a window that Esc closes. */
export function helpDialog(): HTMLDialogElement {
  const rows = KEYS.map(({ shown, help }) =>
    element("div", {}, element("dt", {}, element("kbd", {}, shown)), element("dd", {}, help)),
  );
  const dialog = element("dialog", { class: "help", "aria-labelledby": "keys-title" });
  const close = button("Close", () => dialog.close());
  dialog.append(element("h3", { id: "keys-title" }, "Keys in the chart"), element("dl", {}, ...rows), close);
  return dialog;
}
