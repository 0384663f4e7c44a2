/** @typedef {{ operations: number, batches: number }} Counts */

/** What counters that only rise come to in a second, from one reading to the next. */
export function rates() {
  /** @type {Map<string, Counts & { at: number }>} */
  const before = new Map();

  /**
   * @param {string} name whose counters @param {Counts} counts @param {number} at in milliseconds
   * @returns {{ perSecond: number, perBatch: number | null } | null} null at the first reading, and after a restart
   */
  return (name, { operations, batches }, at) => {
    const last = before.get(name);
    before.set(name, { operations, batches, at });
    if (!last || operations < last.operations || at <= last.at) {
      return null;
    }
    const done = operations - last.operations;
    const written = batches - last.batches;
    return { perSecond: (done * 1000) / (at - last.at), perBatch: written > 0 ? done / written : null };
  };
}
