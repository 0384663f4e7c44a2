import { el } from "./dom.js";
import { tokens } from "./format.js";

/** @typedef {import("../purser.js").PurserError} PurserError */

/** What went wrong, in words for whoever uses the page. @param {unknown} error @returns {{ title: string, text: string }} */
export function inWords(error) {
  const { title, detail, code, problem } = /** @type {PurserError} */ (error);
  if (!problem) {
    return { title: "Something went wrong on this page", text: String(error instanceof Error ? error.message : error) };
  }
  switch (code) {
    case "insufficient_funds":
      return { title, text: `This takes ${tokens(Number(problem.required))}, and you have ${tokens(Number(problem.balance))}.` };
    case "account_in_debt":
      return { title, text: `${tokens(Number(problem.debt))} must be repaid first. Whatever you buy repays it.` };
    case "unauthorized":
      return { title: "You are signed out", text: "Your token has expired or is not valid. Sign in again." };
    default:
      return { title, text: detail };
  }
}

/**
 * A note that is read out at once, with what can be done about it.
 *
 * @param {unknown} error
 * @param {{ retry?: () => void, action?: HTMLElement | null | false }} [more]
 */
export function problemNote(error, { retry, action } = {}) {
  const { title, text } = inWords(error);
  const again = retry && /** @type {PurserError} */ (error).retryable
    && el("button", { type: "button", class: "button little", onclick: retry }, "Try again");
  return el("div", { class: "note wrong", role: "alert" }, el("strong", {}, title), el("span", {}, text),
    (again || action) && el("div", { class: "row" }, again, action));
}

/**
 * Does something that a button is for; it is busy meanwhile, and cannot be pressed twice.
 *
 * @template T
 * @param {HTMLButtonElement} button
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function busy(button, action) {
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  try {
    return await action();
  } finally {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}
