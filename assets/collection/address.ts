/** The part of the page that shows all sessions: a link to it closes the open one. */
const INDEX = "all-sessions";

/**
 * Follows the address: `show` is told which session it begins with, null for none of them. Links to sessions are followed
 * by the page itself, since browsers refuse to in a sandboxed frame: there the address stays as it is.
 */
export function followAddress(names: readonly string[], show: (name: string | null) => void): void {
  const known = new Set(names);
  const nameIn = (hash: string) => {
    const [name = ""] = hash.slice(1).split("/");
    return known.has(name) ? name : null;
  };
  const follow = () => show(nameIn(location.hash));
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  addEventListener("click", (event) => {
    const hash = (event.target as Element).closest('a[href^="#"]')?.getAttribute("href") ?? "";
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!isPlain || event.defaultPrevented || (nameIn(hash) === null && hash !== `#${INDEX}`)) return;
    event.preventDefault();
    write(hash);
    show(nameIn(hash));
  });
  follow();
}

function write(hash: string): void {
  try {
    history.pushState(null, "", hash);
  } catch {
    // A sandbox.
  }
}
