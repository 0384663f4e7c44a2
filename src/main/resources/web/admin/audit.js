import { el, fill } from "../shared/dom.js";
import { signed, spoken } from "../shared/format.js";
import { pagedTable } from "./pages.js";
import { code, time, walletLink } from "./table.js";

/** What was done by hand. @param {import("./main.js").Scene} scene */
export async function showAudit({ place, api, left }) {
  fill(place,
    el("div", { class: "head" }, el("h1", { tabindex: "-1" }, "Audit trail"),
      el("p", { class: "quiet" }, "What was done by hand, by whom and why; the latest first. Nothing here can be changed or removed.")),
    el("section", { class: "card" }, await pagedTable("Audit trail", auditColumns(true), auditPage(api, null, left),
      "Nobody has intervened yet.")));
}

/** @param {import("./api.js").Api} api @param {string | null} walletId @param {AbortSignal} left */
export function auditPage(api, walletId, left) {
  return async (/** @type {string | null} */ cursor) => {
    const page = await api.get("/admin/audit", { wallet_id: walletId, limit: walletId ? 10 : 50, cursor }, left);
    return { rows: page.lines, next: page.next_cursor };
  };
}

/** @param {boolean} withWallet @returns {import("./table.js").Column<any>[]} */
export function auditColumns(withWallet) {
  return [
    { name: "Time", cell: (line) => time(line.created_at) },
    { name: "Who", cell: (line) => line.subject },
    { name: "Action", cell: (line) => spoken(line.action) },
    ...(withWallet ? [{ name: "Wallet", cell: (/** @type {any} */ line) => line.wallet_id ? walletLink(line.wallet_id) : "–" }] : []),
    { name: "Amount", class: "amount", cell: (line) => line.amount === 0 ? "–" : signed(line.amount) },
    { name: "Reason", class: "long", cell: (line) => line.reason },
    { name: "Operation", class: "mono", cell: (line) => code(line.operation_id) },
  ];
}
