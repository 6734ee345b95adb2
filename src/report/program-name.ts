/** What stands before the program itself: where it runs, its environment, who waits for it. */
const PREFIX =
  /^(?:cd\s+(?:"[^"]*"|'[^']*'|[^\s;&]+)\s*(?:&&|;)|\w+=(?:"[^"]*"|'[^']*'|[^\s;&|]*)\s|(?:sudo|time|env|exec|nohup|timeout(?:\s+(?:-\S+|[\d.]+[smhd]?))+)\s)\s*/;

/** Programs that are many in one: the next word says which. */
const HAVE_COMMANDS: ReadonlySet<string> = new Set([
  ...["npm", "npx", "pnpm", "yarn", "bun", "bunx", "deno", "git", "gh", "cargo", "go", "dotnet", "docker", "kubectl"],
  ...["make", "just", "uv", "uvx", "pip", "poetry", "bundle", "mix", "gradle", "./gradlew", "mvn", "terraform", "brew"],
]);

/** Words after which one more is needed to know what ran. */
const RUNNERS: ReadonlySet<string> = new Set(["run", "exec", "compose"]);

/**
 * The program that a command line begins with, with the word that says what it does: `npm test` of
 * `cd web && CI=1 npm test -- --watch=false`. The whole line where it cannot be told.
 */
export function programName(commandLine: string): string {
  const words = firstCommand(commandLine.trim()).split(/\s+/);
  const [program = "", command = "", next = ""] = words;
  if (program === "") return commandLine;
  if (!HAVE_COMMANDS.has(program) || !isWord(command)) return program;
  const isRunner = RUNNERS.has(command) && isWord(next);
  return isRunner ? `${program} ${command} ${next}` : `${program} ${command}`;
}

function firstCommand(commandLine: string): string {
  let rest = commandLine;
  for (let prefix = PREFIX.exec(rest); prefix; prefix = PREFIX.exec(rest)) rest = rest.slice(prefix[0].length);
  return rest.split(/[;|&<>()]/, 1)[0]?.trim() ?? "";
}

/** Not an option, a number or a path. */
function isWord(text: string): boolean {
  return /^[a-z][\w:@/.-]*$/i.test(text);
}
