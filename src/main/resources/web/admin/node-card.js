import { el, fill, setText } from "../shared/dom.js";
import { whole } from "../shared/format.js";
import { sparkline } from "./sparkline.js";

const COLUMNS = ["Lane", "Partitions", "Waiting", "Wallets", "A second", "At once", "In all"];

/**
 * A node, its lanes and how much they do.
 *
 * @param {any} node @param {number} seconds how far back its line goes
 */
export function nodeCard(node, seconds) {
  const name = node.node_id.slice(0, 8);
  const line = sparkline(`Operations a second, of node ${name}`, seconds);
  const state = el("span", { class: "pill dot" });
  const owns = el("span", { class: "quiet small" });
  const body = el("tbody");
  let perSecond = 0;

  const element = el("section", { class: "card stack", "aria-label": `Node ${name}` },
    el("div", { class: "spread" }, el("h2", { title: node.node_id, class: "mono" }, name), state), owns, line.drawing,
    el("div", { class: "scroll lanes", role: "region", "aria-label": `Lanes of node ${name}`, tabindex: "0" },
      el("table", {}, el("thead", {}, el("tr", {}, ...COLUMNS.map((column) => el("th", { scope: "col", class: "amount" }, column)))), body)));

  return {
    element,
    perSecond: () => perSecond,
    /** @param {any} now @param {number} at @param {ReturnType<typeof import("./rates.js").rates>} rate */
    draw(now, at, rate) {
      const lanes = now.lanes.map((/** @type {any} */ lane) => ({
        ...lane,
        rate: now.heard ? rate(`${node.node_id} ${lane.lane}`, lane, at) : null,
      }));
      perSecond = lanes.reduce((/** @type {number} */ all, /** @type {any} */ lane) => all + (lane.rate?.perSecond ?? 0), 0);
      line.add(perSecond);
      state.className = `pill dot ${now.heard ? "good" : "wrong"}`;
      setText(state, now.heard ? (now.self ? "This node" : "Heard") : "Silent");
      setText(owns, `${whole(now.partitions)} of 271 partitions`);
      fill(body, ...lanes.map(row));
    },
  };
}

/** @param {any} lane */
function row(lane) {
  const cells = [lane.lane, lane.partitions, lane.depth, lane.wallets, lane.rate && Math.round(lane.rate.perSecond),
    lane.rate?.perBatch && Math.round(lane.rate.perBatch), lane.operations];
  return el("tr", {}, ...cells.map((cell) => el("td", { class: "amount" }, typeof cell === "number" ? whole(cell) : "–")));
}
