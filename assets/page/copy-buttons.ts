import { isCopied } from "../tables/copy.js";
import { button, element } from "./element.js";

/** Adds to each text that is there to be used elsewhere a button that copies it, and says whether it could. */
export function addCopyButtons(root: ParentNode): void {
  for (const text of root.querySelectorAll(".apply pre")) {
    const caption = text.previousElementSibling;
    const status = element("span", { role: "status" });
    const copy = button("Copy", async () => {
      status.textContent = await copied(text);
    });
    copy.setAttribute("aria-label", `Copy: ${caption?.textContent}`);
    caption?.append(element("span", { class: "table-tools" }, status, copy));
  }
}

/** Where copying is forbidden, the text is selected for the reader to copy. */
async function copied(text: Element): Promise<string> {
  if (await isCopied(text.textContent ?? "")) return "Copied";
  getSelection()?.selectAllChildren(text);
  return "Copying is forbidden here: the text is selected";
}
