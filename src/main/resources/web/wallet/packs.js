import { byId, el, fill } from "../shared/dom.js";
import { money, tokens, whole } from "../shared/format.js";
import { problemNote } from "../shared/problem.js";
import { buyDialog } from "./buy.js";

/** @typedef {import("./main.js").Wallet} Wallet */
/** @typedef {import("../purser.js").Pack} Pack */

/** What can be bought. @param {Wallet} wallet */
export async function showPacks(wallet) {
  const place = byId("packs");
  try {
    wallet.packs = await wallet.purser.packs();
    fill(place, ...wallet.packs.map((pack) => packRow(wallet, pack)));
    // What the balance is worth and what is few depend on the packs.
    wallet.entries.changed();
  } catch (error) {
    fill(place, problemNote(error, { retry: () => showPacks(wallet) }));
  }
}

/** @param {Wallet} wallet @param {Pack} pack */
function packRow(wallet, pack) {
  const price = money(pack.price, pack.currency);
  return el("div", { class: "pack" },
    el("strong", {}, whole(pack.total_tokens), el("span", { class: "unseen" }, " tokens"),
      pack.bonus_tokens > 0 && el("span", { class: "pill brass" }, `${whole(pack.bonus_tokens)} on top`)),
    el("small", {}, rate(pack)),
    el("button", { type: "button", class: "button", "aria-label": `Buy ${tokens(pack.total_tokens)} for ${price}`,
      onclick: () => buyDialog(wallet, pack) }, price));
}

/** What a hundred cost. @param {Pack} pack */
export function rate(pack) {
  return `${money(Math.round((100 * pack.price) / pack.total_tokens), pack.currency)} per 100`;
}
