import { Socket } from "./socket.js";
import { backoff } from "./waiting.js";

/** @typedef {"off" | "connecting" | "live" | "waiting" | "unauthorized"} LiveState */
/** @typedef {import("./socket.js").Parts & { onState: (state: LiveState) => void }} Parts */

const EXPIRED = 4401;
/** After these, trying at once would only make it worse: not understood, too many sockets. */
const LATER = new Set([4400, 4429]);
const MUCH_LATER = 60_000;

/** Hears of each change of the balance. What breaks is opened again, and goes on from the version that is known. */
export class Live {
  #parts;
  /** @type {Socket | null} */
  #socket = null;
  /** @type {LiveState} */
  #state = "off";
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  start() {
    if (this.#state === "off") {
      this.#open();
    }
  }

  stop() {
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#socket = null;
    this.#become("off");
  }

  /** Something may have changed, such as the network: opens at once, or sees whether the socket still hears. */
  check() {
    if (this.#state === "live") {
      this.#socket?.check();
    } else if (this.#state === "waiting" || this.#state === "unauthorized") {
      this.#open();
    }
  }

  async #open() {
    clearTimeout(this.#timer);
    this.#become("connecting");
    const token = await this.#parts.tokens.get().catch(() => null);
    if (this.#state !== "connecting" || this.#socket) {
      return;
    }
    if (token === null) {
      this.#failed();
    } else {
      this.#socket = new Socket(this.#parts, token, () => this.#opened(), (code) => this.#ended(code));
    }
  }

  #opened() {
    this.#failures = 0;
    this.#become("live");
  }

  /** @param {number} code */
  #ended(code) {
    const token = this.#socket?.token;
    this.#socket = null;
    if (code === EXPIRED) {
      this.#renew(token);
    } else if (LATER.has(code)) {
      this.#later(MUCH_LATER);
    } else {
      this.#failed();
    }
  }

  /** With another token it may go on at once; should that one not do either, later and later. */
  async #renew(/** @type {string | undefined} */ token) {
    if (!this.#parts.tokens.renewable) {
      this.#become("unauthorized");
      return;
    }
    this.#become("waiting");
    const next = await this.#parts.tokens.renew(token).catch(() => null);
    if (this.#state === "waiting") {
      if (next !== null && this.#failures++ === 0) {
        this.#open();
      } else {
        this.#failed();
      }
    }
  }

  #failed() {
    this.#later(backoff(++this.#failures, 500));
  }

  /** @param {number} millis */
  #later(millis) {
    clearTimeout(this.#timer);
    this.#become("waiting");
    this.#timer = setTimeout(() => this.#open(), millis);
  }

  /** @param {LiveState} state */
  #become(state) {
    if (state !== this.#state) {
      this.#state = state;
      this.#parts.onState(state);
    }
  }
}
