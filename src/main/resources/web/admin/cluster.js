import { el, fill, setText } from "../shared/dom.js";
import { whole } from "../shared/format.js";
import { note } from "./note.js";
import { nodeCard } from "./node-card.js";
import { rates } from "./rates.js";
import { sparkline } from "./sparkline.js";

const PAUSE_MILLIS = 1_000;
const SECONDS = 60;

/** The nodes and what they do, drawn anew each second for as long as one looks. @param {import("./main.js").Scene} scene */
export async function showCluster({ place, api, left }) {
  const total = sparkline("Operations a second, of all nodes", SECONDS, true);
  const facts = Object.fromEntries(["Nodes", "Operations a second", "Waiting", "Wallets in memory", "Partitions without an owner"]
    .map((name) => [name, el("dd", {}, "–")]));
  const peak = el("span", {}, "");
  const nodes = el("div", { class: "sides" });
  const problem = el("div");
  /** @type {Map<string, ReturnType<typeof nodeCard>>} */
  const cards = new Map();
  const rate = rates();

  /** @param {any} seen */
  function draw(seen) {
    const at = Date.parse(seen.taken_at);
    const ids = seen.nodes.map((/** @type {any} */ node) => node.node_id);
    for (const node of seen.nodes) {
      const card = cards.get(node.node_id) ?? nodeCard(node, SECONDS);
      cards.set(node.node_id, card);
      card.draw(node, at, rate);
    }
    for (const gone of [...cards.keys()].filter((id) => !ids.includes(id))) {
      cards.delete(gone);
    }
    const shown = ids.map((/** @type {string} */ id) => cards.get(id)?.element);
    if (shown.length !== nodes.children.length || shown.some((/** @type {Element} */ card, /** @type {number} */ i) => nodes.children[i] !== card)) {
      fill(nodes, ...shown);
    }
    sum(seen);
  }

  /** @param {any} seen */
  function sum(seen) {
    const lanes = seen.nodes.flatMap((/** @type {any} */ node) => node.lanes);
    const of = (/** @type {string} */ name) => lanes.reduce((/** @type {number} */ all, /** @type {any} */ lane) => all + (lane[name] ?? 0), 0);
    const perSecond = [...cards.values()].reduce((all, card) => all + card.perSecond(), 0);
    const silent = seen.nodes.filter((/** @type {any} */ node) => !node.heard).length;
    total.add(perSecond);
    setText(facts["Nodes"], silent > 0 ? `${seen.nodes.length}, ${silent} silent` : whole(seen.nodes.length));
    setText(facts["Operations a second"], whole(Math.round(perSecond)));
    setText(facts["Waiting"], whole(of("depth")));
    setText(facts["Wallets in memory"], whole(of("wallets")));
    setText(facts["Partitions without an owner"], whole(seen.homeless_partitions));
    setText(peak, `at most ${whole(Math.round(total.peak()))} a second`);
  }

  /** One question at a time, however long the answer takes. */
  async function look() {
    try {
      draw(await api.get("/admin/cluster", {}, left));
      fill(problem);
    } catch (error) {
      if (!left.aborted && !problem.hasChildNodes()) {
        fill(problem, note(error));
      }
    }
    if (!left.aborted) {
      setTimeout(() => void look(), PAUSE_MILLIS);
    }
  }

  fill(place,
    el("div", { class: "head" }, el("h1", { tabindex: "-1" }, "Cluster"),
      el("p", { class: "quiet" }, "As the node sees it that answers here, each second.")),
    problem,
    el("section", { class: "card stack" },
      el("dl", { class: "facts" }, ...Object.entries(facts).map(([name, value]) => el("div", {}, el("dt", {}, name), value))),
      el("div", {}, total.drawing, el("div", { class: "axis" }, el("span", {}, "a minute ago"), peak, el("span", {}, "now")))),
    nodes);
  await look();
}
