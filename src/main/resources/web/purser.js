import { AllowanceWatch } from "./purser/allowance.js";
import { Calls } from "./purser/calls.js";
import { PurserError } from "./purser/errors.js";
import { Store } from "./purser/store.js";
import { Tokens } from "./purser/tokens.js";
import { Watch } from "./purser/watch.js";

/** @typedef {import("./purser.js").Options} Options */
/** @typedef {import("./purser.js").CallOptions} CallOptions */
/** @typedef {import("./purser.js").Purser} Purser */

export { PurserError };
export { newKey } from "./purser/waiting.js";

/** @implements {Purser} */
class Client {
  #store = new Store();
  #calls;
  #watch;
  #allowance;
  /** @type {Promise<any> | null} */
  #refreshing = null;

  /** @param {Options} options */
  constructor(options) {
    const base = new URL(options.url ?? "/", globalThis.location?.href).href.replace(/\/$/, "") + "/api/v1";
    this.#allowance = new AllowanceWatch((allowance) => options.onAllowanceLow?.(allowance));
    const tokens = new Tokens(options.token, options.refreshToken);
    this.#calls = new Calls(base, tokens, options);
    this.#watch = new Watch({
      store: this.#store,
      refresh: () => this.refresh(),
      pollEvery: options.pollEvery ?? 4_000,
      live: {
        url: base.replace(/^http/, "ws") + "/tokens/live",
        tokens,
        version: () => this.#store.state.balance?.version ?? null,
        onBalance: (balance) => this.#takeWhole(balance),
        WebSocket: options.WebSocket ?? globalThis.WebSocket,
      },
    });
  }

  getState = () => this.#store.state;

  /** @param {() => void} listener */
  subscribe = (listener) => {
    const remove = this.#store.add(listener);
    this.#watch.start();
    return () => {
      remove();
      if (!this.#store.watched) {
        this.#watch.stop();
      }
    };
  };

  /** Several who want it at the same time share one request. */
  refresh = () => {
    this.#refreshing ??= this.#fetchBalance().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  };

  async #fetchBalance() {
    try {
      const balance = await this.#calls.get("/tokens/balance");
      this.#takeWhole(balance);
      this.#watch.refreshed(null);
      return balance;
    } catch (error) {
      const failure = /** @type {PurserError} */ (error);
      this.#store.change({ loading: false, error: failure });
      this.#watch.refreshed(failure);
      throw error;
    }
  }

  /** Of a wallet without an allowance there is nothing said of one. @param {import("./purser.js").Balance} balance */
  #takeWhole(balance) {
    this.#store.take({ allowance: undefined, ...balance });
    this.#allowance.take(this.#store.state.balance?.allowance);
  }

  /** @param {string} path @param {unknown} body @param {CallOptions} [options] */
  async #write(path, body, options) {
    const reply = await this.#calls.post(path, body, options);
    if (typeof reply.version === "number") {
      const { wallet_id, version, balance, available, held, debt, status } = reply;
      this.#store.take(withoutGaps({ wallet_id, version, balance, available, held, debt, status }));
    }
    return reply;
  }

  /** @param {object} spend @param {CallOptions} [options] */
  spend = (spend, options) => this.#write("/tokens/spend", spend, options);

  /** @param {object} tip @param {CallOptions} [options] */
  tip = (tip, options) => this.#write("/tokens/tip", tip, options);

  /** @param {object} gift @param {CallOptions} [options] */
  gift = (gift, options) => this.#write("/tokens/gift", gift, options);

  /** @param {object} purchase @param {CallOptions} [options] */
  purchase = (purchase, options) => this.#write("/tokens/purchase", purchase, options);

  /** @param {object} checkout @param {CallOptions} [options] */
  checkout = (checkout, options) => this.#write("/tokens/checkout", checkout, options);

  /** @param {object} call @param {CallOptions} [options] */
  startCall = (call, options) => this.#write("/tokens/calls", call, options);

  /** @param {string} id @param {CallOptions} [options] */
  renewCall = (id, options) => this.#write(`/tokens/calls/${encodeURIComponent(id)}/renew`, undefined, options);

  /** @param {string} id @param {CallOptions} [options] */
  endCall = (id, options) => this.#write(`/tokens/calls/${encodeURIComponent(id)}/end`, undefined, options);

  /** @param {string} path @param {{ accept?: string, signal?: AbortSignal }} [options] */
  get = (path, options) => this.#calls.get(path, options);

  /** @param {Record<string, string | number | undefined>} [filter] */
  history = (filter) => this.get(`/tokens/history${query(filter)}`);

  /** @param {Record<string, string | number | undefined>} [filter] */
  historyAsCsv = (filter) => this.get(`/tokens/history${query(filter)}`, { accept: "text/csv" });

  packs = async () => (await this.get("/tokens/packs")).packs;

  /** @param {string} id */
  findPurchase = async (id) => (await this.get(`/tokens/purchases/${encodeURIComponent(id)}`)).purchase;

  /** @param {string} id */
  findCall = async (id) => (await this.get(`/tokens/calls/${encodeURIComponent(id)}`)).call;
}

/** @param {Options} options @returns {Purser} */
export function createPurser(options) {
  return new Client(options);
}

/** @template {object} T @param {T} record @returns {T} */
function withoutGaps(record) {
  return /** @type {T} */ (Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)));
}

/** @param {Record<string, string | number | undefined>} [filter] */
function query(filter = {}) {
  const asked = new URLSearchParams(/** @type {Record<string, string>} */ (withoutGaps(filter))).toString();
  return asked && `?${asked}`;
}
