import { Live } from "./live.js";

/**
 * @typedef {object} Parts
 * @property {import("./store.js").Store} store
 * @property {Omit<import("./live.js").Parts, "onState">} live
 * @property {() => Promise<unknown>} refresh
 * @property {number} pollEvery
 */

/** Keeps the store current while somebody looks: by the live connection, and without one by asking now and then. */
export class Watch {
  /** @type {Parts} */
  #parts;
  #live;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #poll;
  #running = false;
  /** @type {import("./live.js").LiveState} */
  #state = "off";
  #tried = false;
  /** @type {{ status: number } | null | undefined} why the last refresh failed; undefined before the first */
  #failure;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#live = new Live({ ...parts.live, onState: (state) => this.#changed(state) });
  }

  start() {
    if (this.#running) {
      return;
    }
    this.#running = true;
    this.#live.start();
    this.#poll = setInterval(() => this.#pollIfNeeded(), this.#parts.pollEvery);
    globalThis.addEventListener?.("online", this.#back);
    globalThis.document?.addEventListener("visibilitychange", this.#back);
    this.#ask();
  }

  stop() {
    this.#running = false;
    clearInterval(this.#poll);
    globalThis.removeEventListener?.("online", this.#back);
    globalThis.document?.removeEventListener("visibilitychange", this.#back);
    this.#live.stop();
  }

  /** The network is there again, or the page is looked at again. */
  #back = () => {
    if (globalThis.document?.visibilityState !== "hidden") {
      this.#live.check();
      this.#ask();
    }
  };

  #pollIfNeeded() {
    const { connection } = this.#parts.store.state;
    if (connection !== "live" && connection !== "unauthorized" && globalThis.document?.visibilityState !== "hidden") {
      this.#ask();
    }
  }

  /** What goes wrong stands in the store. */
  #ask() {
    this.#parts.refresh().catch(() => {});
  }

  /** How a refresh went. When it goes well again, the live connection may, too. @param {{ status: number } | null} failure */
  refreshed(failure) {
    const isBack = this.#failure && !failure;
    this.#failure = failure;
    this.#show();
    if (isBack) {
      this.#live.check();
    }
  }

  /** @param {import("./live.js").LiveState} state */
  #changed(state) {
    const wasLive = this.#state === "live";
    this.#state = state;
    this.#tried ||= state !== "connecting";
    if (state === "live") {
      this.#failure = undefined;
      this.#parts.store.change({ error: null });
    } else if (wasLive && state === "waiting") {
      this.#ask();
    }
    this.#show();
  }

  #show() {
    this.#parts.store.change({ connection: this.#connection() });
  }

  /** @returns {import("../purser.js").Connection} */
  #connection() {
    if (this.#state === "live") {
      return "live";
    }
    if (this.#state === "unauthorized" || this.#failure?.status === 401) {
      return "unauthorized";
    }
    if (this.#failure) {
      return "offline";
    }
    return this.#tried && this.#failure === null ? "polling" : "connecting";
  }
}
