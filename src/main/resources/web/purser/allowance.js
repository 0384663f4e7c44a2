/** @typedef {import("../purser.js").Allowance} Allowance */

/** Tells when an allowance comes near its end: once for each level, and anew with the next allowance. */
export class AllowanceWatch {
  #tell;
  #level = 0;
  #granted = 0;

  /** @param {(allowance: Allowance) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /** @param {Allowance | undefined} now */
  take(now) {
    if (!now || now.level === 0) {
      this.#level = 0;
    } else if (now.level > this.#level || now.granted !== this.#granted) {
      this.#level = now.level;
      this.#granted = now.granted;
      this.#tell(now);
    }
  }
}
