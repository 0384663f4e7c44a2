import { expiryOf } from "./tokens.js";

/**
 * @typedef {object} Parts
 * @property {string} url
 * @property {import("./tokens.js").Tokens} tokens
 * @property {() => number | null} version the newest that is known
 * @property {(balance: import("../purser.js").Balance) => void} onBalance
 * @property {typeof WebSocket} WebSocket
 */

const PROTOCOL = "purser.v1";
/** For opening, and for an answer. */
const PATIENCE = 10_000;
const CHECK_EVERY = 45_000;
const BEFORE_EXPIRY = 30_000;
const LONGEST_TIMER = 2 ** 31 - 1;

/** One connection, from its opening to its end, of which `onEnd` is told once. */
export class Socket {
  #parts;
  #socket;
  #token;
  #onLive;
  #onEnd;
  #live = false;
  /** @type {Record<string, ReturnType<typeof setTimeout> | undefined>} */
  #timers = {};

  /**
   * @param {Parts} parts
   * @param {string} token
   * @param {() => void} onLive
   * @param {(code: number) => void} onEnd
   */
  constructor(parts, token, onLive, onEnd) {
    this.#parts = parts;
    this.#token = token;
    this.#onLive = onLive;
    this.#onEnd = onEnd;
    this.#socket = new parts.WebSocket(parts.url, [PROTOCOL]);
    this.#socket.onopen = () => this.#greet();
    this.#socket.onmessage = (event) => this.#heard(JSON.parse(event.data));
    this.#socket.onclose = (event) => this.#end(event.code);
    this.#after("patience", PATIENCE, () => this.#end(0));
  }

  /** The token that it was last shown. */
  get token() {
    return this.#token;
  }

  #greet() {
    this.#send({ type: "auth", token: this.#token });
    const version = this.#parts.version();
    if (version !== null) {
      this.#send({ type: "resume", version });
    }
  }

  /** @param {any} message */
  #heard(message) {
    clearTimeout(this.#timers.patience);
    this.#after("check", CHECK_EVERY, () => this.check());
    if (!this.#live) {
      this.#live = true;
      this.#prolongInTime();
      this.#onLive();
    }
    if (message.type === "balance") {
      const { type, ...balance } = message;
      this.#parts.onBalance(balance);
    }
  }

  /** A socket can be dead without knowing; one that lives answers this. */
  check() {
    this.#send({ type: "resume", version: this.#parts.version() ?? 0 });
    this.#after("patience", PATIENCE, () => this.#end(0));
  }

  #prolongInTime() {
    const expiry = expiryOf(this.#token);
    if (expiry !== null && this.#parts.tokens.renewable) {
      const wait = Math.max(1_000, expiry - Date.now() - BEFORE_EXPIRY);
      this.#after("prolong", Math.min(wait, LONGEST_TIMER), () => this.#prolong(expiry));
    }
  }

  /** @param {number} expiry */
  async #prolong(expiry) {
    if (expiry - Date.now() > 2 * BEFORE_EXPIRY) {
      this.#prolongInTime();
      return;
    }
    const token = await this.#parts.tokens.renew(this.#token).catch(() => this.#token);
    if (this.#live && token !== this.#token) {
      this.#token = token;
      this.#send({ type: "auth", token });
      this.#prolongInTime();
    }
  }

  /** @param {object} message */
  #send(message) {
    if (this.#socket.readyState === 1) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  /** @param {string} what @param {number} millis @param {() => void} then */
  #after(what, millis, then) {
    clearTimeout(this.#timers[what]);
    this.#timers[what] = setTimeout(then, millis);
  }

  /** @param {number} code */
  #end(code) {
    this.close();
    this.#onEnd(code);
  }

  close() {
    this.#live = false;
    Object.values(this.#timers).forEach(clearTimeout);
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
  }
}
