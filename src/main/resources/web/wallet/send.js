import { newKey } from "../purser.js";
import { openDialog } from "../shared/dialog.js";
import { el, fill } from "../shared/dom.js";
import { tokens } from "../shared/format.js";
import { tell } from "../shared/news.js";
import { busy, problemNote } from "../shared/problem.js";

/** @typedef {import("./main.js").Wallet} Wallet */
/** @typedef {Record<string, string>} Values */

/** @param {Wallet} wallet */
export function tipDialog(wallet) {
  amountDialog(wallet, {
    title: "Tip a creator",
    fields: [whoField(wallet, "Creator", "carol"), textField("channel", "What for", "Live stream", true), textField("message", "Message", "", false)],
    action: "Tip",
    send: ({ who, amount, channel, message }, key) =>
      wallet.purser.tip({ creator_id: who, amount: Number(amount), channel, ...(message && { message }) }, { key }),
    done: ({ who, amount }) => `You tipped ${who} ${tokens(Number(amount))}.`,
  });
}

/** @param {Wallet} wallet */
export function giftDialog(wallet) {
  amountDialog(wallet, {
    title: "Give tokens",
    fields: [whoField(wallet, "To whom", "bob"), textField("message", "Message", "", false)],
    action: "Give",
    send: ({ who, amount, message }, key) =>
      wallet.purser.gift({ recipient_id: who, amount: Number(amount), ...(message && { message }) }, { key }),
    done: ({ who, amount }) => `You gave ${who} ${tokens(Number(amount))}.`,
  });
}

/** @param {Wallet} wallet */
export function spendDialog(wallet) {
  amountDialog(wallet, {
    title: "Spend tokens",
    fields: [textField("description", "On what", "A portrait", false)],
    action: "Spend",
    send: ({ amount, description }, key) =>
      wallet.purser.spend({ amount: Number(amount), ...(description && { description }) }, { key }),
    done: ({ amount }) => `You spent ${tokens(Number(amount))}.`,
  });
}

/**
 * Sends an amount. The key stays the same until something is changed: so that trying again is safe, and the next is another one.
 *
 * @param {Wallet} wallet
 * @param {object} what
 * @param {string} what.title
 * @param {HTMLElement[]} what.fields
 * @param {string} what.action
 * @param {(values: Values, key: string) => Promise<unknown>} what.send
 * @param {(values: Values) => string} what.done
 */
function amountDialog(wallet, { title, fields, action, send, done }) {
  const { content, close } = openDialog(title);
  let key = newKey();
  const news = el("div");
  const button = el("button", { class: "button main" }, action);
  const form = el("form", { class: "form", oninput: () => (key = newKey()), onsubmit: (event) => {
    event.preventDefault();
    submit();
  } }, ...fields, amountField(wallet), news,
  el("div", { class: "ends" }, el("button", { type: "button", class: "button", onclick: close }, "Cancel"), button));
  const submit = async () => {
    const values = /** @type {Values} */ (Object.fromEntries(new FormData(form)));
    fill(news);
    try {
      await busy(button, () => send(values, key));
      close();
      tell(done(values));
    } catch (error) {
      fill(news, problemNote(error, { retry: submit, action: short(error) && el("button", { type: "button", class: "button little", onclick: () => {
        close();
        wallet.open("buy");
      } }, "Add tokens") }));
    }
  };
  fill(content, form);
  /** @type {HTMLInputElement | null} */ (form.querySelector("input"))?.focus();
}

/** @param {unknown} error */
function short(error) {
  return /** @type {{ code?: string }} */ (error).code === "insufficient_funds";
}

/** @param {Wallet} wallet @param {string} label @param {string} example */
export function whoField({ sandbox, user }, label, example) {
  const others = (sandbox?.users ?? []).filter((each) => each.id !== user.id && !each.scopes?.length);
  return el("div", { class: "field" }, el("label", { for: "who-field" }, label),
    el("input", { id: "who-field", name: "who", required: true, maxlength: 128, pattern: "[A-Za-z0-9._:@\\|+~\\-]+", autocomplete: "off",
      autocapitalize: "none", spellcheck: "false", list: "others", title: "The id of their wallet",
      value: others.some((each) => each.id === example) && example }),
    el("datalist", { id: "others" }, ...others.map((each) => el("option", { value: each.id }))));
}

/** @param {Wallet} wallet */
function amountField({ purser }) {
  const { balance } = purser.getState();
  const field = numberField("amount", "Tokens", 25);
  if (balance) {
    field.append(el("span", { class: "hint", id: "amount-hint" }, `You have ${tokens(balance.available)} to spend.`));
    field.querySelector("input")?.setAttribute("aria-describedby", "amount-hint");
  }
  return field;
}

/** @param {string} name @param {string} label @param {number} value @param {number} [max] */
export function numberField(name, label, value, max) {
  return el("div", { class: "field" }, el("label", { for: `${name}-field` }, label),
    el("input", { id: `${name}-field`, name, type: "number", inputmode: "numeric", min: 1, max, step: 1, required: true, value }));
}

/** @param {string} name @param {string} label @param {string} value @param {boolean} required */
function textField(name, label, value, required) {
  return el("div", { class: "field" }, el("label", { for: `${name}-field` }, label, !required && el("span", { class: "quiet" }, " (if you like)")),
    el("input", { id: `${name}-field`, name, value, required, maxlength: required ? 128 : 500, autocomplete: "off" }));
}
