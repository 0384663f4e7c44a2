import { el, fill } from "../shared/dom.js";
import { whole } from "../shared/format.js";
import { pagedTable } from "./pages.js";
import { statusPill } from "./pills.js";
import { time, walletLink } from "./table.js";

/** The wallets that owe. @param {import("./main.js").Scene} scene */
export async function showDebts({ place, api, left }) {
  const read = async (/** @type {string | null} */ cursor) => {
    const page = await api.get("/admin/debts", { limit: 50, cursor }, left);
    return { rows: page.debts, next: page.next_cursor };
  };
  fill(place,
    el("div", { class: "head" }, el("h1", { tabindex: "-1" }, "Debts"),
      el("p", { class: "quiet" }, "What a refund or dispute could not take back. Whatever comes in repays it; to settle one by hand, open the wallet.")),
    el("section", { class: "card" }, await pagedTable("Wallets in debt", [
      { name: "Wallet", cell: (debtor) => walletLink(debtor.wallet_id) },
      { name: "Debt", class: "amount", cell: (debtor) => whole(debtor.debt) },
      { name: "Balance", class: "amount", cell: (debtor) => whole(debtor.balance) },
      { name: "Held", class: "amount", cell: (debtor) => whole(debtor.held) },
      { name: "Status", cell: (debtor) => statusPill(debtor.status) },
      { name: "Last change", cell: (debtor) => time(debtor.updated_at) },
    ], read, "Nobody owes anything.")));
}
