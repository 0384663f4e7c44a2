import { byId, el, fill } from "../shared/dom.js";
import { forget, loadSandbox, restore, userOf } from "../shared/session.js";
import { askWho } from "../shared/sign-in.js";
import { openApi } from "./api.js";
import { note } from "./note.js";
import { showAudit } from "./audit.js";
import { showCluster } from "./cluster.js";
import { showDebts } from "./debts.js";
import { showHome } from "./home.js";
import { showPayouts } from "./payouts.js";
import { showWallet } from "./wallet.js";
import { showWebhooks } from "./webhooks.js";

/**
 * What a view is given.
 *
 * @typedef {object} Scene
 * @property {HTMLElement} place what it fills
 * @property {import("./api.js").Api} api
 * @property {string} rest what the address says beyond the view's name
 * @property {AbortSignal} left aborted when the view is left
 * @property {() => Promise<void>} again shows it anew
 */

/** @type {{ name: string, title: string, hidden?: boolean, show: (scene: Scene) => Promise<void> }[]} */
const VIEWS = [
  { name: "", title: "Overview", show: showHome },
  { name: "wallets", title: "Wallet", hidden: true, show: showWallet },
  { name: "payouts", title: "Payouts", show: showPayouts },
  { name: "webhooks", title: "Webhooks", show: showWebhooks },
  { name: "debts", title: "Debts", show: showDebts },
  { name: "audit", title: "Audit", show: showAudit },
  { name: "cluster", title: "Cluster", show: showCluster },
];

const view = byId("view");
const nav = byId("nav");
let leaving = new AbortController();
/** @type {import("./api.js").Api | null} */
let api = null;

/** Without the scope the service would refuse each question; it is kinder to say so at once. */
async function signIn() {
  const sandbox = await loadSandbox();
  let user = await restore();
  while (!user || !isAdmin(user)) {
    const stranger = user && el("p", { class: "note brass", role: "alert" }, el("strong", {}, "No admin"),
      el("span", {}, `${user.id} is signed in, but this token lacks the scope admin, which the console needs.`));
    nav.hidden = true;
    user = await askWho(view, sandbox, { title: "Sign in to the console", note: stranger, suits: isAdmin });
  }
  enter(user);
}

/** @param {import("../shared/session.js").User} user */
const isAdmin = (user) => (user.scopes ?? userOf(user.token).scopes ?? []).includes("admin");

/** @param {import("../shared/session.js").User} user */
function enter(user) {
  api = openApi(user.token, leave);
  nav.hidden = false;
  fill(byId("who"), el("span", { class: "quiet small" }, user.id),
    el("button", { type: "button", class: "button bare little", onclick: leave }, "Sign out"));
  void show();
}

/** Several questions may find out at once that the token is good no more. */
function leave() {
  if (!api) {
    return;
  }
  leaving.abort();
  forget();
  api = null;
  fill(byId("who"));
  void signIn();
}

async function show() {
  if (!api) {
    return;
  }
  leaving.abort();
  leaving = new AbortController();
  const left = leaving.signal;
  const [name, ...rest] = location.hash.replace(/^#\/?/, "").split("/");
  const current = VIEWS.find((each) => each.name === name) ?? VIEWS[0];
  mark(current);
  const place = el("div", { class: "stack" });
  try {
    await current.show({ place, api, rest: decodeURIComponent(rest.join("/")), left, again: show });
  } catch (error) {
    if (!left.aborted) {
      fill(place, el("h1", { tabindex: "-1" }, current.title), note(error, { retry: () => void show() }));
    }
  }
  if (!left.aborted && api) {
    fill(view, place);
    place.querySelector("h1")?.focus({ preventScroll: true });
  }
}

/** @param {typeof VIEWS[number]} current */
function mark(current) {
  document.title = `${current.title} – Purser console`;
  fill(nav, ...VIEWS.filter((each) => !each.hidden).map((each) =>
    el("a", { href: `#/${each.name}`, "aria-current": each === current && "page" }, each.title)));
}

addEventListener("hashchange", () => void show());
void signIn();
