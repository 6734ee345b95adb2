import { element } from "../page/element.js";

/** Whether the text is on the clipboard now. It may be forbidden, or not be there: in a sandbox, without https. */
export async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The text in a field, selected, for the reader to copy: after `before`, in place of an earlier one. */
export function showForCopying(text: string, label: string, before: Element): void {
  if (before.nextElementSibling?.matches("textarea.csv")) before.nextElementSibling.remove();
  const field = element("textarea", {
    class: "csv",
    readonly: "",
    rows: "6",
    spellcheck: "false",
    "aria-label": label,
  });
  field.value = text;
  before.after(field);
  field.select();
  field.focus();
}
