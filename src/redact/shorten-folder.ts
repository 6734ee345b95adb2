import { homeOf, PATH_START, pathPattern } from "./shorten-homes.js";

/**
 * A function that writes `…/app` for `/srv/customer/app`, the folder of a session. A folder in a home is not changed:
 * homes are shortened by themselves; nor is one at the root, which tells nothing.
 */
export function shortFolder(directory: string): (text: string) => string {
  const names = directory.split(/[\\/]+/).filter((name) => name !== "" && !/^[A-Za-z]:$/.test(name));
  if (names.length < 2 || homeOf(directory) !== null || !/^(?:[\\/]|[A-Za-z]:[\\/])/.test(directory))
    return (text) => text;
  const folder = directory.replace(/[\\/]+$/, "");
  const separator = folder.includes("/") ? "/" : "\\";
  const whole = new RegExp(`${PATH_START}${pathPattern(folder)}(?![\\w.-])`, "g");
  return (text) => text.replace(whole, `…${separator}${(names.at(-1) as string).replaceAll("$", "$$$$")}`);
}
