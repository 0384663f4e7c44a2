import { el, fill } from "./dom.js";
import { keep, userOf } from "./session.js";

/** @typedef {import("./session.js").User} User */
/** @typedef {import("./session.js").Sandbox} Sandbox */

/**
 * Asks who it is, in place of the page's content: one of the demo users, or whoever a token belongs to.
 *
 * @param {HTMLElement} place
 * @param {Sandbox | null} sandbox
 * @param {{ title?: string, note?: HTMLElement | null, suits?: (user: User) => boolean }} [options]
 * @returns {Promise<User>}
 */
export function askWho(place, sandbox, { title = "Sign in", note = null, suits = () => true } = {}) {
  return new Promise((resolve) => {
    const done = (/** @type {User} */ user) => {
      fill(place);
      resolve(keep(user));
    };
    const users = (sandbox?.users ?? []).filter(suits);
    const heading = el("h1", { tabindex: "-1" }, title);
    fill(place, el("section", { class: "card stack sign-in" }, heading, note,
      users.length > 0 && el("div", { class: "stack" },
        el("p", { class: "quiet" }, "This is development mode. Choose somebody to try things out as; another window can be somebody else."),
        el("ul", { class: "choices" }, ...users.map((user) => el("li", {}, userButton(user, done))))),
      tokenForm(users.length > 0, done)));
    heading.focus();
  });
}

/** @param {User} user @param {(user: User) => void} done */
function userButton(user, done) {
  const scopes = user.scopes ?? [];
  return el("button", { type: "button", class: "button wide", onclick: () => done(user) },
    user.id.charAt(0).toUpperCase() + user.id.slice(1),
    scopes.length > 0 && el("small", { class: "quiet" }, scopes.includes("admin") ? "admin" : scopes.join(", ")));
}

/** @param {boolean} folded @param {(user: User) => void} done */
function tokenForm(folded, done) {
  const input = el("input", { id: "token", name: "token", type: "password", required: true, autocomplete: "off", spellcheck: "false",
    "aria-describedby": "token-hint" });
  const form = el("form", { class: "form", onsubmit: (event) => {
    event.preventDefault();
    done(userOf(input.value.trim()));
  } },
  el("div", { class: "field" }, el("label", { for: "token" }, "Bearer token"), input,
    el("span", { class: "hint", id: "token-hint" }, "A JWT of yours. It stays in this window and is forgotten when you close it.")),
  el("button", { class: "button main" }, "Sign in"));
  return folded ? el("details", {}, el("summary", {}, "Sign in with a token"), form) : form;
}
