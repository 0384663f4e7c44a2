import { el } from "../shared/dom.js";
import { signed, whole } from "../shared/format.js";
import { pagedTable } from "./pages.js";
import { kindPill } from "./pills.js";
import { code, time, walletLink } from "./table.js";

const AT_ONCE = 20;

/** A wallet's entries, the newest first. @param {import("./api.js").Api} api @param {string} id @param {AbortSignal} left */
export async function ledger(api, id, left) {
  const read = async (/** @type {string | null} */ cursor) => {
    const page = await api.get(`/wallets/${encodeURIComponent(id)}/history`, { limit: AT_ONCE, cursor }, left);
    return { rows: page.entries, next: page.next_cursor };
  };
  return el("section", { class: "card" }, el("header", {}, el("h2", {}, "Ledger")),
    await pagedTable("Ledger", COLUMNS, read, "No entry yet: its first one brings it into being."));
}

/** @type {import("./table.js").Column<any>[]} */
const COLUMNS = [
  { name: "No.", class: "amount", cell: (entry) => whole(entry.seq) },
  { name: "Time", cell: (entry) => time(entry.created_at) },
  { name: "Kind", cell: (entry) => kindPill(entry.kind) },
  { name: "Amount", class: "amount", cell: (entry) => delta(entry.amount, entry.amount > 0 ? "plus" : "minus") },
  { name: "Held", class: "amount", cell: (entry) => delta(entry.held) },
  { name: "Debt", class: "amount", cell: (entry) => delta(entry.debt) },
  { name: "Balance", class: "amount", cell: (entry) => whole(entry.balance_after) },
  { name: "What for", class: "long", cell: about },
  { name: "Operation", class: "mono", cell: (entry) => entry.operation_id ? code(entry.operation_id) : "–" },
];

/** @param {number} amount */
const delta = (amount, sort = "") => amount === 0 ? el("span", { class: "quiet" }, "–") : el("span", { class: sort }, signed(amount));

/** @param {any} entry */
function about(entry) {
  const parts = [
    entry.description,
    entry.related_wallet && el("span", {}, entry.amount < 0 ? "to " : "with ", walletLink(entry.related_wallet)),
    entry.channel && `in ${entry.channel}`,
  ].filter(Boolean);
  const ids = [entry.payment_intent_id, entry.transfer_id].filter(Boolean);
  if (parts.length + ids.length === 0) {
    return "–";
  }
  return el("div", { class: "about" },
    parts.length > 0 && el("span", {}, ...parts.flatMap((part, index) => index === 0 ? [part] : [" · ", part])),
    ...ids.map((id) => el("small", { class: "quiet" }, code(id))));
}
