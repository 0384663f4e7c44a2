/** @typedef {import("../purser.js").Entry} Entry */

const PAGE = 100;

/** The ledger as far as it is known, the newest first and without a hole; what is newer is fetched when the balance changes. */
export class Entries {
  /** @type {Entry[]} */
  #entries = [];
  /** @type {string | null} */
  #cursor = null;
  #loaded = false;
  #purser;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Promise<void> | null} */
  #updating = null;
  /** @type {unknown} */
  #error = null;

  /** @param {import("../purser.js").Purser} purser */
  constructor(purser) {
    this.#purser = purser;
    purser.subscribe(() => this.#follow());
  }

  get all() {
    return this.#entries;
  }

  get loaded() {
    return this.#loaded;
  }

  get hasOlder() {
    return this.#cursor !== null;
  }

  get error() {
    return this.#error;
  }

  /** @param {() => void} listener */
  watch(listener) {
    this.#listeners.add(listener);
  }

  /** Something else that is shown with the entries has changed. */
  changed() {
    this.#listeners.forEach((listener) => listener());
  }

  /** One update at a time; what changes meanwhile is seen to after it. */
  #follow() {
    const version = this.#purser.getState().balance?.version;
    if (version === undefined || this.#updating || (this.#loaded && version <= this.#newest)) {
      return;
    }
    this.retry();
  }

  retry() {
    this.#updating = this.#update()
      .then(() => {
        this.#error = null;
      }, (error) => {
        this.#error = error;
      })
      .finally(() => {
        this.#updating = null;
        this.changed();
        if (!this.#error) {
          this.#follow();
        }
      });
  }

  get #newest() {
    return this.#entries[0]?.seq ?? 0;
  }

  /** From the newest on, until it meets what is known. */
  async #update() {
    const known = this.#newest;
    let page = await this.#purser.history({ limit: PAGE });
    const fresh = page.entries.filter((entry) => entry.seq > known);
    while (this.#loaded && page.next_cursor && (page.entries.at(-1)?.seq ?? 0) > known + 1) {
      page = await this.#purser.history({ limit: PAGE, cursor: page.next_cursor });
      fresh.push(...page.entries.filter((entry) => entry.seq > known));
    }
    this.#entries = [...fresh, ...this.#entries];
    if (!this.#loaded) {
      this.#loaded = true;
      this.#cursor = page.next_cursor;
    }
  }

  async loadOlder() {
    if (this.#cursor !== null) {
      const page = await this.#purser.history({ limit: PAGE, cursor: this.#cursor });
      const oldest = this.#entries.at(-1)?.seq ?? Infinity;
      this.#entries = [...this.#entries, ...page.entries.filter((entry) => entry.seq < oldest)];
      this.#cursor = page.next_cursor;
      this.changed();
    }
  }
}
