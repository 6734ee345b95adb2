/** One name for one file, however it was spelled: absolute, with `/`, without `.` and `..`; on Windows in any case of letters. */
export interface FilePath {
  /** Equal for equal files. */
  readonly key: string;
  /** Relative to the folder where it lies in it, else as it is. */
  readonly shown: string;
}

export function filePath(recorded: string, directory: string): FilePath {
  const folder = slashed(directory).replace(/\/+$/, "");
  const path = onItsDrive(withoutScheme(recorded).replace(/^\\\\\?\\(?=[A-Za-z]:)/, ""), folder);
  const isWindows = /^[A-Za-z]:/.test(folder) || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith("\\\\");
  // A backslash may stand in a name, except where it cannot.
  const asked = isWindows || (path.includes("\\") && !path.includes("/")) ? slashed(path) : path;
  const isAbsolute = /^(?:[A-Za-z]:)?\/|^~(?:\/|$)/.test(asked);
  const whole = resolved(isAbsolute || directory === "" ? asked : `${folder}/${asked}`, isWindows);
  const home = resolved(folder, isWindows);
  const same = (text: string) => (isWindows ? text.toLowerCase() : text);
  const isInside = directory !== "" && same(whole).startsWith(`${same(home)}/`);
  return { key: same(whole), shown: isInside ? whole.slice(home.length + 1) : whole };
}

/** Shells on Windows write a drive as a folder: `/c/Users`, `/mnt/c/Users`. `~` is the home in which the folder lies. */
function onItsDrive(path: string, folder: string): string {
  const home = /^(?:\/(?:home|Users)\/[^/]+|[A-Za-z]:\/Users\/[^/]+)/.exec(folder)?.[0];
  if (home && /^~(?=[\\/]|$)/.test(path)) return path.replace("~", () => home);
  const drive = /^[A-Za-z]:/.test(folder) ? /^\/(?:mnt\/)?([A-Za-z])(?=\/)/.exec(path) : null;
  return drive ? `${drive[1]}:${path.slice(drive[0].length)}` : path;
}

function withoutScheme(path: string): string {
  const match = /^file:\/\/(?:localhost)?(\/.*)$/.exec(path.replace(/[?#].*$/, ""));
  if (!match) return path;
  return decoded(match[1] as string).replace(/^\/(?=[A-Za-z]:\/)/, "");
}

/** An address holds some bytes of a name as `%` and two digits. */
function decoded(address: string): string {
  return address.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    new TextDecoder().decode(Uint8Array.from(run.slice(1).split("%"), (byte) => Number.parseInt(byte, 16))),
  );
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

/** Without empty steps, `.` and `..`. On Windows two slashes begin the name of a machine. */
function resolved(path: string, isWindows: boolean): string {
  const start = (isWindows ? /^(?:[A-Za-z]:\/?|\/{0,2})/ : /^\/?/).exec(path)?.[0] ?? "";
  const steps: string[] = [];
  for (const step of path.slice(start.length).split("/")) {
    if (step === "" || step === ".") continue;
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else if (step !== ".." || start === "") steps.push(step);
  }
  return start + steps.join("/");
}
