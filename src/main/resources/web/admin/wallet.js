import { el, fill } from "../shared/dom.js";
import { day, fully, money, signed, spoken, whole } from "../shared/format.js";
import { ledger } from "./ledger.js";
import { pagedTable } from "./pages.js";
import { kindPill, statusPill } from "./pills.js";
import { code, tableCard, time, walletLink } from "./table.js";
import { auditColumns, auditPage } from "./audit.js";
import { eventColumns } from "./webhooks.js";
import { actionsOf } from "./wallet-actions.js";

/** A wallet as the ledger sees it. @param {import("./main.js").Scene} scene */
export async function showWallet({ place, api, rest: id, left, again }) {
  const seen = await api.get(`/admin/wallets/${encodeURIComponent(id)}`, {}, left);
  const { wallet } = seen;
  fill(place,
    el("p", {}, el("a", { href: "#/" }, "← Overview")),
    el("section", { class: "card stack" },
      el("div", { class: "spread" },
        el("h1", { tabindex: "-1", class: "row" }, wallet.wallet_id, statusPill(wallet.status)),
        el("button", { type: "button", class: "button bare little", onclick: () => void again() }, "Refresh")),
      numbers(wallet), el("div", { class: "row" }, ...actionsOf(api, wallet, again))),
    await ledger(api, id, left),
    el("div", { class: "sides" }, lots(wallet), holds(seen.holds)),
    payments(seen.payments), post(seen.in_post, id), given(seen.given_on),
    tableCard("Webhooks", eventColumns(api, again), seen.webhooks, { empty: "No payment provider has told anything of it." }),
    el("section", { class: "card" }, el("header", {}, el("h2", {}, "Audit trail")),
      await pagedTable("Audit trail", auditColumns(false), auditPage(api, id, left), "Nobody has intervened here.")));
}

/** @param {any} wallet */
function numbers(wallet) {
  const fact = (/** @type {string} */ name, /** @type {import("../shared/dom.js").Child} */ value, sort = "") =>
    el("div", { class: sort }, el("dt", {}, name), el("dd", {}, value));
  return el("div", { class: "stack" },
    el("dl", { class: "facts" },
      fact("Balance", whole(wallet.balance)), fact("Available", whole(wallet.available)), fact("Held", whole(wallet.held)),
      fact("Debt", whole(wallet.debt), wallet.debt > 0 ? "due" : "")),
    el("dl", { class: "facts little" },
      fact("Version", whole(wallet.version)), fact("Purchased", whole(wallet.totals.purchased)),
      fact("Spent", whole(wallet.totals.spent)), fact("Earned", whole(wallet.totals.earned)),
      fact("Last change", wallet.last_updated ? time(wallet.last_updated) : "never")));
}

/** @param {any} wallet */
const lots = (wallet) => tableCard("Lots", [
  { name: "Source", cell: (lot) => spoken(lot.source) },
  { name: "Amount", class: "amount", cell: (lot) => whole(lot.amount) },
  { name: "Expires", cell: (lot) => lot.expires_at ? el("span", { title: fully(lot.expires_at) }, day(lot.expires_at)) : "never" },
], wallet.lots, { empty: "It has no tokens that are not on hold." });

/** @param {any[]} open */
const holds = (open) => tableCard("Holds", [
  { name: "Purpose", cell: (hold) => hold.purpose ?? "–" },
  { name: "Amount", class: "amount", cell: (hold) => whole(hold.amount) },
  { name: "Until", cell: (hold) => time(hold.expires_at) },
  { name: "Id", class: "mono", cell: (hold) => code(hold.id) },
], open, { empty: "Nothing is set aside." });

/** @param {any[]} paid */
const payments = (paid) => tableCard("Payments", [
  { name: "Payment", class: "mono", cell: (payment) => code(payment.payment_intent_id) },
  { name: "Pack", cell: (payment) => payment.pack_id },
  { name: "Tokens", class: "amount", cell: (payment) => whole(payment.tokens + payment.bonus_tokens) },
  { name: "Price", class: "amount", cell: (payment) => money(payment.price, payment.currency) },
  { name: "Paid by", cell: (payment) => payment.payer_id ? walletLink(payment.payer_id) : "its owner" },
  { name: "Taken back", cell: takenBack },
  { name: "Credited", cell: (payment) => time(payment.created_at) },
], paid, { empty: "Nothing was bought." });

/** @param {any} payment */
function takenBack({ refunded, disputed, frozen, forgiven }) {
  const parts = Object.entries({ refunded, disputed, frozen, "taken elsewhere": forgiven }).filter(([, tokens]) => tokens > 0);
  return parts.length === 0 ? "–" : parts.map(([name, tokens]) => `${whole(tokens)} ${name}`).join(", ");
}

/** @param {any[]} transfers @param {string} id */
const post = (transfers, id) => tableCard("In the post", [
  { name: "Transfer", class: "mono", cell: (transfer) => code(transfer.id) },
  { name: "Kind", cell: (transfer) => kindPill(transfer.kind) },
  { name: "From", cell: (transfer) => walletLink(transfer.from) },
  { name: "To", cell: (transfer) => walletLink(transfer.to) },
  { name: "Amount", class: "amount", cell: (transfer) => signed(transfer.to === id ? transfer.amount : -transfer.amount) },
  { name: "Sent", cell: (transfer) => time(transfer.created_at) },
], transfers, { empty: "Everything that was sent has arrived." });

/** @param {any[]} gifts */
const given = (gifts) => gifts.length > 0 && tableCard("Given on", [
  { name: "Payment", class: "mono", cell: (gift) => code(gift.payment_intent_id) },
  { name: "From", cell: (gift) => walletLink(gift.from) },
  { name: "To", cell: (gift) => walletLink(gift.to) },
  { name: "Amount", class: "amount", cell: (gift) => whole(gift.amount) },
  { name: "Set aside", class: "amount", cell: (gift) => whole(gift.set_aside) },
  { name: "Taken", class: "amount", cell: (gift) => whole(gift.taken) },
  { name: "Last change", cell: (gift) => time(gift.updated_at) },
], gifts);
