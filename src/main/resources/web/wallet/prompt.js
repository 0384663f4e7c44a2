import { byId, el, fill } from "../shared/dom.js";
import { tokens } from "../shared/format.js";
import { inWords } from "../shared/problem.js";
import { forget } from "../shared/session.js";

/** @typedef {import("./main.js").Wallet} Wallet */

/** Fewer than this part of the smallest pack is few. */
const LOW = 5;

/** Says what the wallet's owner should know or do, the most pressing alone. @param {Wallet} wallet */
export function showPrompt(wallet) {
  const place = byId("prompt");
  let shown = "";
  const update = () => {
    const note = pressing(wallet);
    const text = note?.textContent ?? "";
    if (text !== shown) {
      shown = text;
      fill(place, note);
    }
  };
  wallet.purser.subscribe(update);
  wallet.entries.watch(update);
}

/** @param {Wallet} wallet */
function pressing(wallet) {
  const { balance, error, connection } = wallet.purser.getState();
  if (connection === "unauthorized") {
    return note("wrong", "You are signed out", "Your token has expired or is not valid.", signInAgain());
  }
  if (error && connection === "offline") {
    const { title, text } = inWords(error);
    return note("wrong", title, text, button("Try again", () => wallet.purser.refresh().catch(() => {})));
  }
  if (!balance || balance.status === "closed") {
    return balance && note("", "This wallet is closed", "Nothing comes in or goes out any more.");
  }
  if (balance.status === "frozen") {
    return note("wrong", "This wallet is frozen", "Nothing goes out until the support has looked into it.");
  }
  if (balance.debt > 0) {
    return note("wrong", `You owe ${tokens(balance.debt)}`, "A payment of yours went back. What comes in next repays it.",
      button("Add tokens", () => wallet.open("buy")));
  }
  const few = Math.min(...wallet.packs.map((pack) => pack.tokens)) / LOW;
  return Number.isFinite(few) && balance.available < few
    ? note("brass", balance.available === 0 ? "You have no tokens to spend" : `Only ${tokens(balance.available)} left`,
      "Add some before you run out.", button("Add tokens", () => wallet.open("buy")))
    : null;
}

/** @param {string} colour @param {string} title @param {string} text @param {HTMLElement} [action] */
function note(colour, title, text, action) {
  return el("div", { class: `note ${colour}`, role: "status" }, el("strong", {}, title), el("span", {}, text),
    action && el("div", { class: "row" }, action));
}

/** @param {string} text @param {() => void} onclick */
function button(text, onclick) {
  return el("button", { type: "button", class: "button little", onclick }, text);
}

function signInAgain() {
  return button("Sign in again", () => {
    forget();
    location.assign("/");
  });
}
