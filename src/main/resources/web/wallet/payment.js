import { el, fill } from "../shared/dom.js";
import { openDialog } from "../shared/dialog.js";
import { tokens } from "../shared/format.js";
import { problemNote } from "../shared/problem.js";

/** @typedef {import("./main.js").Wallet} Wallet */
/** @typedef {import("../purser.js").Purchase} Purchase */

const EVERY = 1_000;
const LONGEST = 15 * 60_000;
const OVER = new Set(["credited", "failed", "canceled", "expired"]);

/**
 * Waits until a purchase is over. A payment is under way when it is begun, and the tokens come when the provider says that it
 * was paid.
 *
 * @param {Wallet} wallet
 * @param {string} id
 * @param {{ aborted: boolean }} signal
 * @param {(purchase: Purchase) => void} onChange
 * @returns {Promise<Purchase>}
 */
export async function awaitPurchase({ purser }, id, signal, onChange) {
  const deadline = Date.now() + LONGEST;
  for (;;) {
    const purchase = await purser.findPurchase(id);
    onChange(purchase);
    if (OVER.has(purchase.status) || signal.aborted || Date.now() > deadline) {
      return purchase;
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

/** @param {Purchase} purchase */
export function thanks(purchase) {
  const all = purchase.tokens + purchase.bonus_tokens;
  return el("div", { class: "note good", role: "status" }, el("strong", {}, "Paid. Thank you!"),
    el("span", {}, `${tokens(all)} ${all === 1 ? "is" : "are"} in your wallet.`));
}

/** @param {string} [text] */
export function underWay(text = "Your tokens arrive as soon as the payment is confirmed.") {
  return el("div", { class: "note", role: "status" }, el("strong", {}, "Waiting for the payment"), el("span", {}, text));
}

/** Whoever comes back from a page of the provider's is told how it stands; that they came back says nothing. @param {Wallet} wallet */
export async function welcomeBack(wallet) {
  const asked = new URLSearchParams(location.search);
  const id = asked.get("bought");
  if (id === null && !asked.has("away")) {
    return;
  }
  history.replaceState(null, "", location.pathname);
  if (id === null) {
    return;
  }
  const signal = { aborted: false };
  const { content, close } = openDialog("Your purchase", { onClose: () => (signal.aborted = true) });
  const done = el("div", { class: "form" }, el("div", { class: "ends" }, el("button", { type: "button", class: "button", onclick: close }, "Close")));
  fill(content, underWay(), done);
  const look = async () => {
    try {
      const purchase = await awaitPurchase(wallet, id, signal, () => {});
      fill(content, purchase.status === "credited" ? thanks(purchase) : underWay("It can take a while. You can close this."), done);
    } catch (error) {
      fill(content, problemNote(error, { retry: look }), done);
    }
  };
  await look();
}
