import { el } from "../shared/dom.js";
import { tokens } from "../shared/format.js";
import { walletPath } from "./api.js";
import { ask } from "./ask.js";

/** @typedef {import("./api.js").Api} Api */
/** @typedef {import("./ask.js").Field} Field */

/** @type {Field} */
const REASON = { name: "reason", label: "Reason", hint: "For whoever reads the ledger later: a ticket, say.", most: 500 };

/**
 * What may be done to a wallet as it stands, each a button.
 *
 * @param {Api} api @param {any} wallet @param {() => Promise<void>} again
 */
export function actionsOf(api, wallet, again) {
  if (wallet.status === "closed") {
    return [el("p", { class: "quiet" }, "It is closed for good: nothing can be done here any more.")];
  }
  const button = (/** @type {string} */ name, /** @type {() => Promise<boolean>} */ action, sort = "") =>
    el("button", { type: "button", class: `button ${sort}`, onclick: async () => {
      if (await action()) {
        await again();
      }
    } }, name);
  return [
    wallet.debt > 0 && button("Settle debt", () => settle(api, wallet), "main"),
    button("Adjust", () => adjust(api, wallet), wallet.debt > 0 ? "" : "main"),
    wallet.status === "frozen" ? button("Unfreeze", () => unfreeze(api, wallet)) : button("Freeze", () => freeze(api, wallet)),
    button("Close", () => close(api, wallet), "wrong"),
  ].filter((each) => each !== false);
}

/** @param {Api} api @param {any} wallet */
function adjust(api, wallet) {
  return ask({
    title: `Adjust ${wallet.wallet_id}`,
    fields: [{ name: "amount", label: "Amount", sort: "number", hint: "With a minus sign to take away." }, REASON],
    says: ({ amount }) => adjustment(Number(amount), wallet),
    action: "Adjust",
    run: (values, key) => adjusted(api, wallet, values, key),
  });
}

/** @param {number} amount @param {any} wallet */
function adjustment(amount, { available, balance, debt }) {
  if (!Number.isSafeInteger(amount) || amount === 0) {
    return `Corrects the balance of ${tokens(balance)} by hand.`;
  }
  if (amount < 0) {
    return -amount > available
      ? `Takes away more than is available (${tokens(available)}), which will be refused.`
      : `Takes away ${tokens(-amount)}. The balance will be ${tokens(balance + amount)}.`;
  }
  const repaid = Math.min(amount, debt);
  return `Brings in ${tokens(amount)}. ${repaid > 0 ? `${tokens(repaid)} of them repay its debt. ` : ""}`
    + `The balance will be ${tokens(balance + amount - repaid)}.`;
}

/** There is no forgiving but this: the house brings in what is owed. @param {Api} api @param {any} wallet */
function settle(api, wallet) {
  return ask({
    title: `Settle the debt of ${wallet.wallet_id}`,
    fields: [{ name: "amount", label: "Amount", sort: "number", value: String(wallet.debt),
      hint: "What was repaid elsewhere, or is forgiven." }, REASON],
    says: ({ amount }) => settlement(Number(amount), wallet),
    action: "Settle",
    run: (values, key) => adjusted(api, wallet, values, key),
  });
}

/** @param {number} amount @param {any} wallet */
function settlement(amount, { debt }) {
  if (!Number.isSafeInteger(amount) || amount <= 0) {
    return "Takes an amount above zero.";
  }
  const left = debt - Math.min(amount, debt);
  return `Repaying and forgiving are the same in the ledger: an adjustment brings in ${tokens(amount)}, which repays debt first. `
    + (left > 0 ? `${tokens(left)} will still be owed.` : "Nothing will be owed any more.")
    + (amount > debt ? ` ${tokens(amount - debt)} remain in the wallet.` : "");
}

/** @param {Api} api @param {any} wallet @param {Record<string, string>} values @param {string} key */
async function adjusted(api, wallet, { amount, reason }, key) {
  const reply = await api.post(walletPath(wallet.wallet_id, "/adjust"), { amount: Number(amount), reason }, key);
  return `Adjusted: ${wallet.wallet_id} has ${tokens(reply.balance)} now.`;
}

/** @param {Api} api @param {any} wallet */
const freeze = (api, wallet) => ask({
  title: `Freeze ${wallet.wallet_id}`,
  fields: [REASON],
  says: () => "Nothing goes out until it is unfrozen. What is on hold may still be settled or released, and tokens still come in.",
  action: "Freeze",
  grave: true,
  run: (values, key) => stand(api, wallet, "freeze", values, key, "Frozen: nothing goes out any more."),
});

/** @param {Api} api @param {any} wallet */
const unfreeze = (api, wallet) => ask({
  title: `Unfreeze ${wallet.wallet_id}`,
  fields: [REASON],
  says: () => "Tokens go out again.",
  action: "Unfreeze",
  run: (values, key) => stand(api, wallet, "unfreeze", values, key, "Unfrozen."),
});

/** @param {Api} api @param {any} wallet */
const close = (api, wallet) => ask({
  title: `Close ${wallet.wallet_id} for good`,
  fields: [REASON, ...(wallet.balance > 0
    ? [/** @type {Field} */ ({ name: "forfeit", label: `Forfeit the ${tokens(wallet.balance)} that it has`, sort: "check" })]
    : [])],
  says: ({ forfeit }) => `The wallet is ended, and cannot be opened again. ${wallet.balance === 0 ? "It is empty." : forfeit
    ? `Its ${tokens(wallet.balance)} are lost.`
    : "Since it has tokens, this is refused unless they are forfeited."}`,
  action: "Close for good",
  grave: true,
  run: (values, key) => stand(api, wallet, "close", { reason: values.reason, forfeit: values.forfeit === "yes" }, key, "Closed."),
});

/**
 * @param {Api} api @param {any} wallet @param {string} what @param {object} body @param {string} key @param {string} said
 */
async function stand(api, wallet, what, body, key, said) {
  await api.post(walletPath(wallet.wallet_id, `/${what}`), body, key);
  return said;
}
