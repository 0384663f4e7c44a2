import { newKey } from "../purser.js";
import { openDialog } from "../shared/dialog.js";
import { el, fill } from "../shared/dom.js";
import { money, tokens, whole } from "../shared/format.js";
import { busy, problemNote } from "../shared/problem.js";
import { rate } from "./packs.js";
import { awaitPurchase, thanks, underWay, whyNot } from "./payment.js";

/** @typedef {import("./main.js").Wallet} Wallet */
/** @typedef {import("../purser.js").Pack} Pack */
/** @typedef {import("../purser.js").Purchase} Purchase */

const PAGE = "page";
const CARDS = [
  ["pm_card_visa", "A good card", "Pays at once"],
  ["pm_card_chargeDeclined", "A card that is declined", "Nothing is paid"],
  ["pm_card_threeDSecure2Required", "A card whose bank asks", "3-D Secure: was it you?"],
  [PAGE, "On a page of its own", "As with Stripe's checkout"],
];

/** Sells a pack: by a test card where something stands in for Stripe, and on Stripe's own page elsewhere. @param {Wallet} wallet @param {Pack} [chosen] */
export function buyDialog(wallet, chosen = wallet.packs[1] ?? wallet.packs[0]) {
  const signal = { aborted: false };
  const { content, close } = openDialog("Add tokens", { onClose: () => (signal.aborted = true) });
  if (!chosen) {
    fill(content, el("p", {}, "Nothing is for sale at the moment."));
    return;
  }
  let pack = chosen;
  let key = newKey();
  const standIn = wallet.sandbox?.stripe?.stand_in === true;
  const news = el("div", { class: "said" });
  const pay = el("button", { class: "button main" });
  const label = () => (pay.textContent = `Pay ${money(pack.price, pack.currency)}`);
  const packs = choices("Pack", "pack", wallet.packs.map((each) => ({
    value: each.id, checked: each === pack, text: tokens(each.total_tokens), hint: rate(each), end: money(each.price, each.currency) })));
  const cards = standIn && choices("Pay with", "card", CARDS.map(([value, text, hint], i) => ({ value, text, hint, checked: i === 0 })));
  const form = el("form", { class: "form", onchange: () => {
    pack = wallet.packs.find((each) => each.id === new FormData(form).get("pack")) ?? pack;
    key = newKey();
    label();
  }, onsubmit: (event) => {
    event.preventDefault();
    submit();
  } }, el("p", { class: "quiet small" }, `For the wallet of ${wallet.user.id}`), packs, cards,
  el("p", { class: "quiet small" }, standIn ? "This is development mode: something stands in for Stripe, and no money moves."
    : "You pay on a page of Stripe's, and come back here."),
  el("div", { class: "ends" }, news, el("button", { type: "button", class: "button", onclick: close }, "Cancel"), pay));
  const submit = async () => {
    const card = String(new FormData(form).get("card") ?? PAGE);
    fill(news);
    await busy(pay, () => (card === PAGE ? leave(wallet, pack, key) : buy(card))).catch((error) => fail(error));
  };
  const fail = (/** @type {unknown} */ error) => fill(news, problemNote(error, { retry: submit }));
  const buy = async (/** @type {string} */ card) => {
    const { purchase, client_secret } = await wallet.purser.purchase({ pack_id: pack.id, payment_method_id: card }, { key });
    key = newKey();
    if (purchase.status !== "failed") {
      fill(content, news, el("div", { class: "form" }, el("div", { class: "ends" },
        el("button", { type: "button", class: "button", onclick: close }, "Close"))));
    }
    show(purchase, client_secret);
    if (purchase.status !== "failed") {
      await follow(purchase, client_secret);
    }
  };
  // What goes wrong while one waits must not begin another payment.
  const follow = async (/** @type {Purchase} */ begun, /** @type {string | undefined} */ secret) => {
    let last = begun.status;
    await awaitPurchase(wallet, begun.id, signal, (purchase) => {
      if (purchase.status !== last) {
        last = purchase.status;
        show(purchase, secret);
      }
    }).catch((error) => fill(news, problemNote(error, { retry: () => follow(begun, secret) })));
  };
  const show = (/** @type {Purchase} */ purchase, /** @type {string | undefined} */ secret) => {
    fill(news, outcome(purchase, wallet.sandbox?.stripe?.url, secret));
    if (isLost(purchase) && !form.isConnected) {
      pay.parentElement?.prepend(news);
      fill(content, form);
      pay.focus();
    }
  };
  label();
  fill(content, form);
}

/** @param {Purchase} purchase */
const isLost = ({ status }) => status === "failed" || status === "canceled" || status === "expired";

/** @param {Purchase} purchase @param {string | undefined} bank @param {string | undefined} secret */
function outcome(purchase, bank, secret) {
  switch (purchase.status) {
    case "credited":
      return thanks(purchase);
    case "requires_action":
      return el("div", { class: "note brass", role: "status" }, el("strong", {}, "Your bank wants to know whether it is you"),
        el("span", {}, "Answer there, and come back to this window."),
        secret && bank && el("div", { class: "row" }, el("a", { class: "button main", target: "_blank", rel: "noopener noreferrer",
          href: `${bank}/bank/${encodeURIComponent(secret)}` }, "Open your bank's page")));
    case "failed":
    case "canceled":
    case "expired":
      return el("div", { class: "note wrong", role: "alert" }, el("strong", {}, "It was not paid"),
        el("span", {}, `${whyNot(purchase.failure)} Nothing was taken; you can pay in another way.`));
    default:
      return underWay();
  }
}

/** Goes to the provider's page. @param {Wallet} wallet @param {Pack} pack @param {string} key */
async function leave({ purser }, pack, key) {
  const here = location.origin + location.pathname;
  const { url } = await purser.checkout({ pack_id: pack.id, success_url: `${here}?bought={CHECKOUT_SESSION_ID}`, cancel_url: `${here}?away=1` }, { key });
  if (url) {
    location.assign(url);
  }
}

/**
 * @param {string} legend @param {string} name
 * @param {{ value: string, text: string, hint: string, checked: boolean, end?: string }[]} all
 */
function choices(legend, name, all) {
  return el("fieldset", { class: "choices" }, el("legend", {}, legend), ...all.map(({ value, text, hint, checked, end }) =>
    el("label", { class: "choice" }, el("input", { type: "radio", name, value, checked }), el("span", {}, text),
      end && el("span", { class: "number" }, end), el("small", {}, hint))));
}
