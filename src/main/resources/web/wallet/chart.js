import { byId, el, fill, svg } from "../shared/dom.js";
import { fully, tokens, when, whole } from "../shared/format.js";
import { pointsSince, steps, ticks } from "./scale.js";

/** @typedef {import("./scale.js").Point} Point */

const HOUR = 3_600_000;
const RANGES = [["Hour", HOUR], ["Day", 24 * HOUR], ["Month", 30 * 24 * HOUR], ["All", Infinity]];
const HEIGHT = 192;
const TOP = 28;
const BOTTOM = 24;
const MOST_ROWS = 100;
/** Time goes on when nothing happens. */
const EVERY = 30_000;

/** The balance over time, as a picture and as a table. @param {import("./main.js").Wallet} wallet */
export function showChart({ entries }) {
  const place = byId("chart");
  let range = 24 * HOUR;
  /** @type {Point[]} */
  let points = [];
  const update = () => {
    const now = Date.now();
    points = pointsSince(entries.all, Number.isFinite(range) ? now - range : 0, now);
    draw();
  };
  const draw = () => {
    if (!entries.loaded) {
      return;
    }
    fill(place, points.length > 1
      ? picture(points, place.clientWidth || 600)
      : el("p", { class: "empty" }, "Nothing has happened in this time."));
    fill(byId("chart-table").querySelector("div") ?? place, points.length > 1 && table(points));
    byId("chart-table").hidden = points.length < 2;
  };
  byId("ranges").append(...RANGES.map(([name, millis]) => choice(String(name), millis === range, () => {
    range = Number(millis);
    update();
  })));
  entries.watch(update);
  setInterval(update, EVERY);
  new ResizeObserver(() => draw()).observe(place.parentElement ?? place);
  place.addEventListener("pointermove", (event) => read(place, points, event.clientX));
  place.addEventListener("pointerleave", () => draw());
}

/** @param {string} name @param {boolean} checked @param {() => void} onchange */
function choice(name, checked, onchange) {
  return el("label", {}, el("input", { type: "radio", name: "range", value: name, checked, onchange }), name);
}

/** @param {Point[]} points @param {number} width */
function scales(points, width) {
  const marks = ticks(Math.max(...points.map((point) => point.balance)));
  const top = marks[marks.length - 1];
  const left = 12 + 7.5 * whole(top).length;
  const first = points[0].at;
  const span = points[points.length - 1].at - first;
  return {
    marks, left, first, span,
    x: (/** @type {number} */ at) => left + ((at - first) / span) * (width - left - 8),
    y: (/** @type {number} */ balance) => HEIGHT - BOTTOM - (balance / top) * (HEIGHT - TOP - BOTTOM),
  };
}

/** @param {Point[]} points @param {number} width */
function picture(points, width) {
  const { marks, left, x, y } = scales(points, width);
  const line = steps(points.map((point) => ({ x: x(point.at), y: y(point.balance) })));
  const first = points[0];
  const last = points[points.length - 1];
  const balances = points.map((point) => point.balance);
  return svg("svg", { role: "img", viewBox: `0 0 ${width} ${HEIGHT}`, "aria-label":
    `The balance went from ${tokens(first.balance)} (${when(new Date(first.at).toISOString())}) to ${tokens(last.balance)} now; `
    + `at least ${whole(Math.min(...balances))}, at most ${whole(Math.max(...balances))}.` },
  ...marks.flatMap((mark) => [
    svg("line", { class: "grid", x1: left, x2: width, y1: y(mark), y2: y(mark) }),
    svg("text", { x: left - 8, y: y(mark) + 4, "text-anchor": "end" }, whole(mark))]),
  svg("path", { class: "area", d: `${line}V${y(0)}H${x(first.at)}Z` }),
  svg("path", { class: "line", d: line }),
  svg("circle", { class: "end", cx: x(last.at), cy: y(last.balance), r: 5 }),
  svg("text", { x: left, y: HEIGHT - 4 }, when(new Date(first.at).toISOString())),
  svg("text", { x: width - 4, y: HEIGHT - 4, "text-anchor": "end" }, "Now"));
}

/** What it was where the pointer is. @param {HTMLElement} place @param {Point[]} points @param {number} clientX */
function read(place, points, clientX) {
  const drawn = place.querySelector("svg");
  if (!drawn || points.length < 2) {
    return;
  }
  const box = drawn.getBoundingClientRect();
  const { left, first, span, x } = scales(points, box.width);
  const at = first + ((clientX - box.left - left) / (box.width - left - 8)) * span;
  const point = points.findLast((each) => each.at <= at) ?? points[0];
  const middle = Math.min(Math.max(x(Math.max(at, first)), left), box.width - 8);
  place.querySelectorAll(".cursor, .reading").forEach((old) => old.remove());
  drawn.append(svg("line", { class: "cursor", x1: middle, x2: middle, y1: TOP, y2: HEIGHT - BOTTOM }));
  const label = el("div", { class: "reading", "aria-hidden": "true" }, `${tokens(point.balance)} · ${when(new Date(Math.max(at, first)).toISOString())}`);
  place.append(label);
  label.style.left = `${Math.min(Math.max(middle - label.offsetWidth / 2, 0), box.width - label.offsetWidth)}px`;
}

/** @param {Point[]} points */
function table(points) {
  const rows = [...points].reverse().slice(1, MOST_ROWS);
  return el("table", { "aria-label": "The balance after each change, the latest first" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "When"), el("th", { scope: "col", class: "amount" }, "Balance"))),
    el("tbody", {}, ...rows.map((point) => el("tr", {}, el("td", {}, fully(new Date(point.at).toISOString())),
      el("td", { class: "amount" }, whole(point.balance))))));
}
