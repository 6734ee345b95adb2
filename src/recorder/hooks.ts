import { field } from "./fields.js";
import type { Recorder } from "./recorder.js";

/** What OpenCode calls, by name. */
export type Hooks = Readonly<Record<string, (input?: unknown, output?: unknown) => Promise<void>>>;

/** The hooks that write to a recorder. None of them ever throws, and none changes what it is given. */
export function hooksOf(recorder: Recorder, dispose: () => void): Hooks {
  return safe({
    event: (input) => {
      const event = field(input, "event");
      recorder.event(field(event, "type"), field(event, "properties"));
    },
    "chat.headers": (input) => recorder.headers(input),
    "tool.definition": (input, output) => recorder.toolNamed(input, output),
    "tool.execute.before": (input, output) => recorder.toolStarts(input, output),
    "tool.execute.after": (input, output) => recorder.toolEnded(input, output),
    "experimental.chat.messages.transform": (_, output) => recorder.messages(output),
    "experimental.chat.system.transform": (input, output) => recorder.system(input, output),
    dispose,
  });
}

type Unsafe = (input: unknown, output: unknown) => void;

/** A hook that throws would break the user's session: a line that is not written is the smaller loss. */
function safe(hooks: Readonly<Record<string, Unsafe>>): Hooks {
  return Object.fromEntries(
    Object.entries(hooks).map(([name, hook]) => [
      name,
      async (input, output) => {
        try {
          hook(input, output);
        } catch {}
      },
    ]),
  );
}
