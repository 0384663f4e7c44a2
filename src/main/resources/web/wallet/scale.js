/** @typedef {{ at: number, balance: number }} Point */

/**
 * The balance from a moment on, each point a change: what it was when the time begins comes first, what it is now last.
 *
 * @param {import("../purser.js").Entry[]} entries the newest first
 * @param {number} from
 * @param {number} now
 * @returns {Point[]}
 */
export function pointsSince(entries, from, now) {
  const rising = [...entries].reverse();
  const inside = rising.filter((entry) => Date.parse(entry.created_at) >= from)
    .map((entry) => ({ at: Date.parse(entry.created_at), balance: entry.balance_after }));
  const before = rising.findLast((entry) => Date.parse(entry.created_at) < from);
  const first = rising[0];
  const start = before
    ? [{ at: from, balance: before.balance_after }]
    : first && inside.length > 0
      ? [{ at: inside[0].at, balance: first.balance_after - first.amount }]
      : [];
  const last = inside.at(-1) ?? start.at(-1);
  return last ? [...start, ...inside, { at: Math.max(now, last.at + 1), balance: last.balance }] : [];
}

/** Round numbers from 0 to what is at least the largest, few of them. @param {number} largest @returns {number[]} */
export function ticks(largest) {
  const rough = Math.max(largest, 1) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough);
  return Array.from({ length: Math.ceil(Math.max(largest, 1) / step) + 1 }, (_, i) => i * step);
}

/** A line that stays where it is until the next change. @param {{ x: number, y: number }[]} points */
export function steps(points) {
  return points.map(({ x, y }, i) => (i === 0 ? `M${x.toFixed(1)} ${y.toFixed(1)}` : `H${x.toFixed(1)}V${y.toFixed(1)}`)).join("");
}
