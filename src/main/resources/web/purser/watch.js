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

  /** @param {import("./live.js").LiveState} state */
  #changed(state) {
    const { store } = this.#parts;
    if (state === "live") {
      store.change({ connection: "live", error: null });
    } else if (state === "waiting") {
      store.change({ connection: "polling" });
    } else if (state === "unauthorized") {
      store.change({ connection: "unauthorized" });
    } else if (state === "connecting" && store.state.connection === "live") {
      store.change({ connection: "connecting" });
    }
  }
}
