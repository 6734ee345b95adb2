/**
 * Runs in the page: goes from session to session so many times and back to the index at the end, and returns of each the
 * milliseconds until its Overview was painted. Imports nothing.
 */
export async function switchTimes(count) {
  const names = [
    ...new Set([...document.querySelectorAll("script[data-session]")].map((block) => block.dataset.session)),
  ];
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const until = async (isThere) => {
    await new Promise((done) => {
      const looking = new MutationObserver(look);
      function look() {
        if (!isThere()) return;
        looking.disconnect();
        done();
      }
      looking.observe(document.body, { childList: true, subtree: true });
      look();
    });
    await painted();
  };
  const LOOK_MS = 250;
  const times = [];
  for (let i = 0; i < count; i++) {
    const last = document.querySelector("#open-session");
    const start = performance.now();
    location.hash = `#${names[i % names.length]}`;
    await until(() => {
      const open = document.querySelector("#open-session");
      return open !== null && open !== last && open.querySelector("h1") !== null;
    });
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, LOOK_MS)); // somebody looks at it
  }
  location.hash = "#all-sessions";
  await until(() => document.querySelector("#open-session") === null);
  return times;
}
