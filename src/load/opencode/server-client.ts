import { SourceError } from "../source-error.js";

export interface Login {
  readonly username: string;
  readonly password: string | null;
}

/** How long a server may say nothing. */
const SILENCE_MS = 30_000;
/** More than the messages of any session. */
const MOST_BYTES = 512 * 1024 ** 2;

export interface Answer {
  readonly json: unknown;
}

/** Sends GET requests to one server. The password goes into a header and nowhere else. */
export class ServerClient {
  /** The address without anything that could be secret. */
  readonly address: string;
  readonly #login: Login;

  constructor(url: URL, login: Login) {
    this.address = addressOf(url);
    this.#login = login;
  }

  /** null where the server knows no such thing, or answers with a page. */
  async get(path: string): Promise<Answer | null> {
    const { status, isJson, text } = await this.#send(path);
    const url = this.address;
    if (status === 401 || status === 403)
      throw new SourceError({ code: "wrong-password", url, wasGiven: this.#login.password !== null });
    const isFine = status >= 200 && status < 300;
    if (status === 404 || (isFine && !isJson)) return null;
    if (!isFine) throw new SourceError({ code: "server-failed", url, status });
    try {
      return { json: JSON.parse(text) };
    } catch (error) {
      throw new SourceError({ code: "garbled-answer", url }, { cause: error });
    }
  }

  /** As `get`, for what every server must have. */
  async need(path: string): Promise<Answer> {
    const answer = await this.get(path);
    if (answer) return answer;
    throw new SourceError({ code: "garbled-answer", url: this.address });
  }

  /** As `get`, for what a release may not have: early ones pass on to elsewhere what they do not know, and fail. */
  async find(path: string): Promise<Answer | null> {
    try {
      return await this.get(path);
    } catch (error) {
      if (error instanceof SourceError && error.problem.code === "server-failed") return null;
      throw error;
    }
  }

  /** The whole answer, as long as it keeps coming. */
  async #send(path: string): Promise<{ status: number; isJson: boolean; text: string }> {
    const { username, password } = this.#login;
    const basic = Buffer.from(`${username}:${password}`).toString("base64");
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(new Error("no answer")), SILENCE_MS);
    try {
      const response = await fetch(this.address + path, {
        headers: { accept: "application/json", ...(password === null ? {} : { authorization: `Basic ${basic}` }) },
        redirect: "manual", // the password is meant for this server only
        signal: silence.signal,
      });
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of response.body ?? []) {
        timer.refresh();
        bytes += chunk.byteLength;
        if (bytes > MOST_BYTES) throw new SourceError({ code: "garbled-answer", url: this.address });
        chunks.push(chunk);
      }
      const isJson = response.headers.get("content-type")?.includes("json") === true;
      return { status: response.status, isJson, text: Buffer.concat(chunks).toString("utf8") };
    } catch (error) {
      throw error instanceof SourceError ? error : this.#gone(error);
    } finally {
      clearTimeout(timer);
    }
  }

  #gone(error: unknown): SourceError {
    const { cause, message } = error as Error;
    const { code, message: inner } = (cause ?? {}) as { code?: string; message?: string };
    return new SourceError(
      { code: "no-server", url: this.address, reason: code ?? inner ?? message },
      { cause: error },
    );
  }
}

/** Where a server is, without credentials, query and fragment. */
export function addressOf(url: URL): string {
  return url.origin + url.pathname.replace(/\/+$/, "");
}

/** What 2.x wraps its answers in. */
export function dataIn(answer: Answer | null): unknown {
  return (answer?.json as { data?: unknown } | null | undefined)?.data;
}

export function listIn(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [];
}

export function isKeyOf(json: unknown, id: string): boolean {
  return typeof json === "object" && json !== null && Object.hasOwn(json, id);
}
