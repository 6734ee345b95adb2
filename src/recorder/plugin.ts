import { field } from "./fields.js";
import type { Hooks } from "./hooks.js";
import { recording } from "./recording.js";
import { recordingsFolder } from "./recordings-folder.js";
import { settingsOf } from "./settings.js";

/**
 * A plugin of OpenCode that writes down what its database does not keep: when requests left and answers began, retries,
 * permissions, sizes and memory. Records nothing, and has no hooks, unless its options say
 * `{ performance: { enabled: true } }`. Never throws.
 */
export const Sessionflame = async (input?: unknown, options?: unknown): Promise<Hooks> => {
  const warn = (message: string) => log(field(input, "client"), message);
  try {
    const { settings, wrong } = settingsOf(options);
    if (wrong.length > 0) warn(`Sessionflame takes the default for what it cannot read: ${wrong.join(", ")}.`);
    return settings.isEnabled ? recording(recordingsFolder(), settings, warn) : {};
  } catch {
    return {};
  }
};

/** Writes into OpenCode's log: what is printed would stand in the middle of its screen. */
function log(client: unknown, message: string): void {
  const app = field(client, "app") as { log?: (entry: unknown) => unknown } | undefined;
  try {
    Promise.resolve(app?.log?.({ body: { service: "sessionflame", level: "warn", message } })).catch(() => {});
  } catch {
    // Where nothing can be told, nothing is.
  }
}
