/** @typedef {import("../purser.js").State} State */
/** @typedef {import("../purser.js").Balance} Balance */

/** What is known of the wallet. A version that is older than the known one never replaces it, whichever way it comes. */
export class Store {
  /** @type {State} */
  #state = Object.freeze({ balance: null, loading: true, error: null, connection: "connecting" });
  /** @type {Set<() => void>} */
  #listeners = new Set();

  get state() {
    return this.#state;
  }

  get watched() {
    return this.#listeners.size > 0;
  }

  /** @param {() => void} listener @returns {() => void} */
  add(listener) {
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /**
   * Takes in the wallet's numbers, as far as an answer has them. Those it does not have stay as they were.
   *
   * @param {Partial<Balance> & { version: number, wallet_id: string }} news
   */
  take(news) {
    const known = this.#state.balance;
    if (known && (news.version < known.version || news.wallet_id !== known.wallet_id)) {
      return;
    }
    const balance = { ...EMPTY, ...known, ...news };
    if (!("cause" in news) && known?.version !== news.version) {
      delete balance.cause;
    }
    this.change({ balance: Object.freeze(balance), loading: false, error: null });
  }

  /** @param {Partial<State>} change */
  change(change) {
    const next = { ...this.#state, ...change };
    const keys = /** @type {(keyof State)[]} */ (Object.keys(next));
    if (keys.some((key) => !same(next[key], this.#state[key]))) {
      this.#state = Object.freeze(next);
      [...this.#listeners].forEach((listener) => listener());
    }
  }
}

const EMPTY = { balance: 0, available: 0, held: 0, debt: 0, status: /** @type {const} */ ("active") };

/** @param {unknown} one @param {unknown} other */
function same(one, other) {
  return one === other || (isObject(one) && isObject(other) && JSON.stringify(one) === JSON.stringify(other));
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !(value instanceof Error);
}
