import { spawn } from "node:child_process";

/** Opens a file as a click on it would. That there is no browser is no failure. */
export function openInBrowser(path: string): void {
  const [command, ...args] =
    process.platform === "darwin" ? ["open"] : process.platform === "win32" ? ["cmd", "/c", "start", ""] : ["xdg-open"];
  const child = spawn(command as string, [...args, path], { detached: true, stdio: "ignore" });
  child.on("error", () => {}); // the path has been printed
  child.unref();
}
