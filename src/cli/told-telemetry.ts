import { resolve } from "node:path";
import { statIfThere } from "../load/stat-if-there.js";
import {
  projectTelemetry,
  type TelemetryFile,
  telemetryFile,
  telemetryFiles,
  telemetryIn,
} from "../load/telemetry/read-telemetry.js";
import type { Session } from "../model/session.js";
import { visibleLine } from "../report/visible.js";
import type { AnalysisOptions } from "./analyzed-session.js";
import type { Context } from "./context.js";
import { EXIT, type ExitCode, Failure } from "./failure.js";

/** The session with what `--telemetry` names, else what lies in its folder, unless only the source is to be read. */
export async function withToldTelemetry(
  session: Session,
  { telemetry, local }: Pick<AnalysisOptions, "telemetry" | "local">,
  { cwd }: Pick<Context, "cwd">,
): Promise<Session> {
  if (telemetry !== undefined) return joined(session, filesAt(resolve(cwd, telemetry)));
  const paths = local ? projectTelemetry(session.directory) : [];
  return paths.length === 0 ? session : joined(session, telemetryFiles(paths));
}

async function joined(session: Session, files: Iterable<TelemetryFile>): Promise<Session> {
  const { withTelemetry } = await import("../load/telemetry/with-telemetry.js"); // the schema takes time to load
  return withTelemetry(session, files);
}

/** A file is taken whatever it is called; of a folder what is called as telemetry files are. */
function filesAt(path: string): Iterable<TelemetryFile> {
  const found = statIfThere(path);
  if (found === null) throw unusable(EXIT.notFound, "no such file or folder", path);
  if (found.isFile()) return [usableFile(path)];
  const paths = found.isDirectory() ? telemetryIn(path) : [];
  if (paths.length === 0) throw unusable(EXIT.notFound, "no telemetry files in", path);
  return telemetryFiles(paths);
}

/** In a folder a file that is of no use is left out; one that was asked for must be of use. */
function usableFile(path: string): TelemetryFile {
  const file = telemetryFile(path);
  if ("problem" in file) throw unusable(EXIT.unreadable, `not usable as telemetry (${file.problem})`, path);
  return file;
}

function unusable(exitCode: ExitCode, fact: string, path: string): Failure {
  const advice = "Name a telemetry file, or a folder with *.jsonl or metrics.json in it, with --telemetry PATH.";
  return new Failure(exitCode, visibleLine(`${fact}: ${path}`), advice);
}
