import { el, fill } from "../shared/dom.js";
import { ask } from "./ask.js";
import { filter } from "./filter.js";
import { pagedTable } from "./pages.js";
import { statusPill } from "./pills.js";
import { code, time } from "./table.js";

/** @type {[string, string][]} */
const OUTCOMES = [["parked", "Parked"], ["", "All"], ["credited", "Credited"], ["reversed", "Reversed"], ["noted", "Noted"],
  ["ignored", "Ignored"]];

/** What payment providers have told. @param {import("./main.js").Scene} scene */
export async function showWebhooks({ place, api, left, again }) {
  const list = el("div");

  async function show(/** @type {string} */ outcome) {
    const read = async (/** @type {string | null} */ cursor) => {
      const page = await api.get("/admin/webhooks", { outcome, limit: 50, cursor }, left);
      return { rows: page.events, next: page.next_cursor };
    };
    fill(list, await pagedTable("Webhooks", eventColumns(api, again), read,
      outcome === "parked" ? "Nothing is parked: all that was told is carried out." : "Nothing was told."));
  }

  fill(place,
    el("div", { class: "head" }, el("h1", { tabindex: "-1" }, "Webhooks"),
      el("p", { class: "quiet" }, "What payment providers have told, the latest first. What is parked was not carried out, and says why.")),
    el("section", { class: "card stack" }, filter("outcome", "Outcome", OUTCOMES, show), list));
  await show("parked");
}

/** @param {import("./api.js").Api} api @param {() => Promise<void>} again @returns {import("./table.js").Column<any>[]} */
export function eventColumns(api, again) {
  return [
    { name: "Event", class: "mono", cell: (event) => code(event.id) },
    { name: "Type", cell: (event) => event.type },
    { name: "Received", cell: (event) => time(event.received_at) },
    { name: "Came", class: "amount", cell: (event) => `${event.attempts} ×` },
    { name: "Outcome", cell: (event) => event.outcome ? statusPill(event.outcome) : el("span", { class: "pill dot brass" }, "Open") },
    { name: "Why", class: "long", cell: (event) => event.reason ?? "–" },
    { name: "", cell: (event) => el("button", { type: "button", class: "button little", "aria-label": `Replay ${event.id}`,
      onclick: async () => {
        if (await replay(api, event)) {
          await again();
        }
      } }, "Replay") },
  ];
}

/** @param {import("./api.js").Api} api @param {any} event */
const replay = (api, event) => ask({
  title: `Replay ${event.id}`,
  fields: [],
  says: () => `Looks anew at this ${event.type}, as if it had just come: what it means is carried out if it can be by now. `
    + "What was carried out already is not done twice.",
  action: "Replay",
  run: async () => {
    const { outcome } = await api.ask(`/admin/webhooks/${encodeURIComponent(event.id)}/replay`);
    return outcome === "parked" ? `${event.id} is still parked.` : `${event.id}: ${outcome}.`;
  },
});
