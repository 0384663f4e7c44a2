import { noToken } from "./errors.js";

/** The caller's bearer token, and how to get the next one. */
export class Tokens {
  /** @type {string | undefined} */
  #token;
  /** @type {(() => string | Promise<string>) | undefined} */
  #refresh;
  /** @type {Promise<string> | null} */
  #underWay = null;

  /**
   * @param {string | undefined} token none yet: the first is asked for when it is needed
   * @param {(() => string | Promise<string>) | undefined} refresh
   */
  constructor(token, refresh) {
    if (!token && !refresh) {
      throw new TypeError("Expected a token, or refreshToken to get one, but there is neither");
    }
    this.#token = token;
    this.#refresh = refresh;
  }

  get renewable() {
    return this.#refresh !== undefined;
  }

  /** @returns {Promise<string>} */
  async get() {
    return this.#token ?? this.renew(undefined);
  }

  /**
   * Gets another token than the one that was not accepted. However many ask at the same time, the callback is called once.
   *
   * @param {string | undefined} rejected
   * @returns {Promise<string>}
   */
  renew(rejected) {
    if (this.#token !== undefined && this.#token !== rejected) {
      return Promise.resolve(this.#token);
    }
    this.#underWay ??= this.#ask().finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  async #ask() {
    try {
      const token = await this.#refresh?.();
      if (!token) {
        throw new TypeError("Expected a token of refreshToken, but there is none");
      }
      this.#token = token;
      return token;
    } catch (cause) {
      throw noToken(cause);
    }
  }
}

/**
 * When a token ends, in milliseconds since 1970; null if it does not say. Nobody relies on it: the service checks.
 *
 * @param {string} token
 * @returns {number | null}
 */
export function expiryOf(token) {
  try {
    const claims = JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
    return typeof claims.exp === "number" ? claims.exp * 1000 : null;
  } catch {
    return null;
  }
}
