import { SourceError } from "../source-error.js";

export interface Login {
  readonly username: string;
  readonly password: string | null;
}

const TIMEOUT_MS = 30_000;

export interface Answer {
  readonly json: unknown;
  readonly headers: Headers;
}

/** Sends GET requests to one server. The password goes into a header and nowhere else. */
export class ServerClient {
  /** The address without anything that could be secret. */
  readonly address: string;
  readonly #login: Login;

  constructor(url: URL, login: Login) {
    this.address = url.origin + url.pathname.replace(/\/+$/, "");
    this.#login = login;
  }

  /** null where the server knows no such thing, or answers with a page. */
  async get(path: string): Promise<Answer | null> {
    const response = await this.#send(path);
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    if (response.status === 401 || response.status === 403)
      throw new SourceError({ code: "wrong-password", url: this.address, wasGiven: this.#login.password !== null });
    if (response.status === 404 || (response.ok && !isJson)) return null;
    if (!response.ok) throw new SourceError({ code: "server-failed", url: this.address, status: response.status });
    try {
      return { json: await response.json(), headers: response.headers };
    } catch (error) {
      throw this.#gone(error);
    }
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

  async #send(path: string): Promise<Response> {
    const { username, password } = this.#login;
    const basic = Buffer.from(`${username}:${password}`).toString("base64");
    try {
      return await fetch(this.address + path, {
        headers: { accept: "application/json", ...(password === null ? {} : { authorization: `Basic ${basic}` }) },
        redirect: "manual", // the password is meant for this server only
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw this.#gone(error);
    }
  }

  #gone(error: unknown): SourceError {
    const { cause, message } = error as Error;
    const { code, message: inner } = (cause ?? {}) as { code?: string; message?: string };
    return new SourceError({ code: "no-server", url: this.address, reason: code ?? inner ?? message });
  }
}
