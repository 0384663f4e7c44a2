import { PurserError, refused, unreachable } from "./errors.js";
import { backoff, newKey, pause } from "./waiting.js";

/** @typedef {import("./tokens.js").Tokens} Tokens */
/** @typedef {{ key?: string, signal?: AbortSignal }} Options */
/** @typedef {{ method: string, path: string, body?: string, key?: string, accept?: string, signal?: AbortSignal }} Call */

/** Calls the service, again and again if that can help. A write is made once, however often it is sent: by its key. */
export class Calls {
  #base;
  #tokens;
  #fetch;
  #attempts;
  #timeout;
  #longestWait;

  /**
   * @param {string} base without a slash at its end
   * @param {Tokens} tokens
   * @param {{ fetch?: typeof fetch, attempts?: number, timeout?: number, longestWait?: number }} options
   */
  constructor(base, tokens, options) {
    this.#base = base;
    this.#tokens = tokens;
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.#attempts = options.attempts ?? 5;
    this.#timeout = options.timeout ?? 15_000;
    this.#longestWait = options.longestWait ?? 20_000;
  }

  /** @param {string} path @param {Options & { accept?: string }} [options] */
  async get(path, options = {}) {
    const response = await this.send({ method: "GET", path, accept: options.accept, signal: options.signal });
    return options.accept ? response.text() : response.json();
  }

  /** @param {string} path @param {unknown} body @param {Options} [options] */
  async post(path, body, options = {}) {
    const key = options.key ?? newKey();
    const text = body === undefined ? undefined : JSON.stringify(body);
    const response = await this.send({ method: "POST", path, body: text, key, signal: options.signal });
    return response.json();
  }

  /** @param {Call} call @returns {Promise<Response>} */
  async send(call) {
    let uncertain = false;
    try {
      return await this.#answer(call, () => { uncertain = true; });
    } catch (error) {
      // Once nobody knows what became of one try, only a definite answer to a later one tells.
      throw uncertain && error instanceof PurserError && !isDecided(error) ? asUnknown(error, call.key) : error;
    }
  }

  /** @param {Call} call @param {() => void} doubt is called when nobody knows what became of a try @returns {Promise<Response>} */
  async #answer(call, doubt) {
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      const token = await this.#tokens.get();
      const result = await this.#once(call, token);
      if (!(result instanceof PurserError)) {
        return result;
      }
      if (result.status === 401 && !renewed && this.#tokens.renewable) {
        renewed = true;
        await this.#tokens.renew(token);
        continue;
      }
      if (result.outcome === "unknown") {
        doubt();
      }
      const wait = this.#wait(result, attempt);
      if (wait === null) {
        throw result;
      }
      await pause(wait, call.signal);
    }
  }

  /** How long to wait before another try; null if there is to be none. @param {PurserError} error @param {number} attempt */
  #wait(error, attempt) {
    const wait = Math.max(error.retryAfter ?? 0, backoff(attempt));
    return error.retryable && attempt < this.#attempts && wait <= this.#longestWait ? wait : null;
  }

  /** @param {Call} call @param {string} token @returns {Promise<Response | PurserError>} */
  async #once(call, token) {
    const deadline = AbortSignal.timeout(this.#timeout);
    try {
      const response = await this.#fetch(this.#base + call.path, {
        method: call.method,
        headers: headers(call, token),
        body: call.body,
        cache: "no-store",
        credentials: "omit",
        signal: call.signal ? AbortSignal.any([call.signal, deadline]) : deadline,
      });
      return response.ok ? await whole(response) : await refused(response, call.key);
    } catch (cause) {
      call.signal?.throwIfAborted();
      return unreachable(cause, call.key);
    }
  }
}

/** @param {Call} call @param {string} token */
function headers(call, token) {
  return {
    Authorization: `Bearer ${token}`,
    Accept: call.accept ?? "application/json",
    ...(call.body !== undefined && { "Content-Type": "application/json" }),
    ...(call.key && { "Idempotency-Key": call.key }),
  };
}

/** An answer that breaks off in its middle is none. @param {Response} response */
async function whole(response) {
  return new Response(await response.arrayBuffer(), response);
}

/** What says that this try was not carried out, but not that it was looked whether an earlier one was. */
const UNDECIDED = new Set(["unauthorized", "not_allowed", "unexplained", "no_token"]);

/** Whether the service has decided about the request itself, under its key. @param {PurserError} error */
function isDecided(error) {
  return error.status >= 400 && error.status < 500 && !error.retryable && !UNDECIDED.has(error.code);
}

/** @param {PurserError} error @param {string | undefined} key */
function asUnknown(error, key) {
  return new PurserError({ ...error.problem, outcome: "unknown" },
    { key, retryAfter: error.retryAfter, cause: error });
}
