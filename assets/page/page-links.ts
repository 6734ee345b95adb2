/**
 * Links within the page are followed by its state and not by the browser, which refuses to where the page's origin is
 * nobody's, as that of a file in a sandboxed frame. `go` answers whether there is such a place.
 */
export function followPageLinks(go: (id: string) => boolean, signal: AbortSignal): void {
  // At the window: whoever knows more of a link has had its turn.
  const follow = (event: MouseEvent) => {
    const link = (event.target as Element).closest('a[href^="#"]');
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented) return;
    if (go((link.getAttribute("href") as string).slice(1))) event.preventDefault();
  };
  addEventListener("click", follow, { signal });
}
