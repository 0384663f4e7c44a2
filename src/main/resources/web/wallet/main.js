import { createPurser } from "../purser.js";
import { byId, el, fill } from "../shared/dom.js";
import { forget, loadSandbox, restore } from "../shared/session.js";
import { askWho } from "../shared/sign-in.js";
import { showBalance, warnOf } from "./balance.js";
import { resumeCall, startCallDialog } from "./call.js";
import { buyDialog } from "./buy.js";
import { showChart } from "./chart.js";
import { Entries } from "./entries.js";
import { showHistory } from "./history.js";
import { showPacks } from "./packs.js";
import { welcomeBack } from "./payment.js";
import { showPrompt } from "./prompt.js";
import { giftDialog, spendDialog, tipDialog } from "./send.js";

/**
 * What all parts of the page share.
 *
 * @typedef {object} Wallet
 * @property {import("../purser.js").Purser} purser
 * @property {import("../shared/session.js").User} user
 * @property {import("../shared/session.js").Sandbox | null} sandbox
 * @property {Entries} entries
 * @property {import("../purser.js").Pack[]} packs none until they are known
 * @property {(action: string) => void} open
 */

const sandbox = await loadSandbox();
const known = await restore();
show(known ?? (await askWho(byId("content"), sandbox, { title: "Your wallet", suits: (who) => !who.scopes?.length })));
if (!known) {
  byId("content").focus();
}

/** @param {import("../shared/session.js").User} user */
function show(user) {
  const content = byId("content");
  const template = /** @type {HTMLTemplateElement} */ (byId("wallet"));
  fill(content, template.content.cloneNode(true));
  showWho(user);
  const purser = createPurser({
    token: user.token,
    onAllowanceLow: warnOf,
    ...(isDemo(user) && { refreshToken: () => tokenOf(user.id) }),
  });
  /** @type {Wallet} */
  const wallet = { purser, user, sandbox, entries: new Entries(purser), packs: [], open: (action) => actions[action]() };
  /** @type {Record<string, () => void>} */
  const actions = {
    buy: () => buyDialog(wallet),
    tip: () => tipDialog(wallet),
    gift: () => giftDialog(wallet),
    call: () => startCallDialog(wallet),
    spend: () => spendDialog(wallet),
  };
  content.querySelectorAll("[data-action]").forEach((button) => {
    const action = /** @type {HTMLElement} */ (button).dataset.action ?? "";
    button.addEventListener("click", () => wallet.open(action));
  });
  // To spend is an app's to do; here it is for trying things out.
  content.querySelectorAll('[data-action="spend"]').forEach((button) => button.toggleAttribute("hidden", !sandbox));
  showBalance(wallet);
  showPrompt(wallet);
  showHistory(wallet);
  showChart(wallet);
  showPacks(wallet);
  resumeCall(wallet);
  welcomeBack(wallet);
  document.title = `${user.id} – Purser`;
}

/** @param {import("../shared/session.js").User} user */
function showWho(user) {
  const who = byId("who");
  who.hidden = false;
  fill(who, el("span", { class: "unseen" }, "Signed in as "), user.id, el("span", { class: "quiet" }, "Switch"));
  who.addEventListener("click", () => {
    forget();
    location.assign("/");
  });
}

/** @param {import("../shared/session.js").User} user */
function isDemo(user) {
  return sandbox?.users.some((known) => known.id === user.id) ?? false;
}

/** @param {string} id */
async function tokenOf(id) {
  const known = (await loadSandbox())?.users.find((each) => each.id === id);
  if (!known) {
    throw new Error(`Expected a token for the demo user ${id}, but there is none`);
  }
  return known.token;
}
