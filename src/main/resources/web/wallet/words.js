import { spoken } from "../shared/format.js";

/** @typedef {import("../purser.js").Entry} Entry */

/** @type {Record<string, (entry: Entry) => string>} */
const TITLES = {
  purchase: () => "Purchase",
  bonus: () => "Bonus",
  subscription_grant: () => "Allowance",
  promo: () => "Promotion",
  spend: () => "Spent",
  usage: () => "Usage",
  tip: (entry) => between(entry, "Tip"),
  gift: (entry) => between(entry, "Gift"),
  call: (entry) => (entry.related_wallet ? `Call with ${entry.related_wallet}` : "Call"),
  payout: () => "Paid out",
  return: (entry) => (entry.related_wallet ? `Came back from ${entry.related_wallet}` : "Came back"),
  hold: () => "Set aside",
  release: () => "No longer set aside",
  refund: () => "Refunded",
  dispute: () => "Disputed payment",
  reinstatement: () => "Given back",
  debt_repayment: () => "Debt repaid",
  adjustment: () => "Correction",
  expiry: () => "Expired",
  freeze: () => "Wallet frozen",
  unfreeze: () => "Wallet free again",
  close: () => "Wallet closed",
};

/** What an entry is, and with whom. @param {Entry} entry */
export function titleOf(entry) {
  return (TITLES[entry.kind] ?? (() => spoken(entry.kind)))(entry);
}

/** @param {Entry} entry @param {string} what */
function between(entry, what) {
  return entry.related_wallet ? `${what} ${entry.amount < 0 ? "to" : "from"} ${entry.related_wallet}` : what;
}

/** What else there is to say; empty if nothing. @param {Entry} entry */
export function detailOf(entry) {
  return [entry.description, entry.kind === "tip" && entry.channel].filter(Boolean).join(" · ");
}

/** How a change of the balance is read out. @param {{ kind: string, amount: number }} cause @param {(amount: number) => string} tokens */
export function causeInWords({ kind, amount }, tokens) {
  const what = TITLES[kind]?.(/** @type {Entry} */ ({ kind, amount })) ?? spoken(kind);
  return amount === 0 ? what : `${what}: ${amount < 0 ? "minus" : "plus"} ${tokens(Math.abs(amount))}`;
}
