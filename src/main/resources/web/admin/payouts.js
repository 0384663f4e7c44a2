import { el, fill } from "../shared/dom.js";
import { money, tokens, whole } from "../shared/format.js";
import { walletPath } from "./api.js";
import { ask } from "./ask.js";
import { filter } from "./filter.js";
import { pagedTable } from "./pages.js";
import { statusPill } from "./pills.js";
import { time, walletLink } from "./table.js";

/** @typedef {import("./api.js").Api} Api */

/** @type {[string, string][]} */
const STATES = [["requested", "To decide"], ["", "All"], ["approved", "Approved"], ["rejected", "Rejected"], ["expired", "Expired"]];

/** What creators have asked to be paid. @param {import("./main.js").Scene} scene */
export async function showPayouts({ place, api, left, again }) {
  const list = el("div");

  async function show(/** @type {string} */ state) {
    const read = async (/** @type {string | null} */ cursor) => {
      const page = await api.get("/admin/payouts", { state, limit: 50, cursor }, left);
      return { rows: page.payouts, next: page.next_cursor };
    };
    fill(list, await pagedTable("Payouts", columns(api, again), read,
      state === "requested" ? "No payout waits for a decision." : "No payout is in this state."));
  }

  fill(place,
    el("div", { class: "head" }, el("h1", { tabindex: "-1" }, "Payouts"),
      el("p", { class: "quiet" }, "Earned tokens on their way to becoming money. What nobody decides is given back.")),
    el("section", { class: "card stack" }, filter("state", "State", STATES, show), list));
  await show("requested");
}

/** @param {Api} api @param {() => Promise<void>} again @returns {import("./table.js").Column<any>[]} */
function columns(api, again) {
  return [
    { name: "Creator", cell: (payout) => walletLink(payout.wallet_id) },
    { name: "Tokens", class: "amount", cell: (payout) => whole(payout.tokens) },
    { name: "Worth", class: "amount", cell: (payout) => money(payout.cents, payout.currency) },
    { name: "State", cell: (payout) => statusPill(payout.state) },
    { name: "Requested", cell: (payout) => time(payout.requested_at) },
    { name: "Decided", class: "long", cell: decided },
    { name: "", cell: (payout) => payout.state === "requested" && el("div", { class: "row" },
      button("Approve", payout, () => approve(api, payout), again, "main"),
      button("Reject", payout, () => reject(api, payout), again)) },
  ];
}

/** @param {any} payout */
function decided({ state, decide_until, decided_by, reference, reason, transfer }) {
  return state === "requested" ? el("span", { class: "quiet" }, "by ", time(decide_until))
    : el("span", {}, decided_by && `by ${decided_by}: `, reference ?? reason ?? "–",
      transfer && el("span", {}, " ", statusPill(transfer.state), transfer.reason && ` ${transfer.reason}`));
}

/**
 * @param {string} name @param {any} payout @param {() => Promise<boolean>} action @param {() => Promise<void>} again
 */
function button(name, payout, action, again, sort = "") {
  return el("button", { type: "button", class: `button little ${sort}`, "aria-label": `${name} the payout of ${payout.wallet_id}`,
    onclick: async () => {
      if (await action()) {
        await again();
      }
    } }, name);
}

/** @param {Api} api @param {any} payout */
const approve = (api, payout) => ask({
  title: `Approve the payout of ${payout.wallet_id}`,
  fields: [
    { name: "way", label: "How it is paid", sort: "choice", choices: [["reference", "It was paid already"], ["stripe_account", "Stripe sends it"]] },
    { name: "note", label: "Reference, or Stripe account", hint: "The payment's reference, or the connected account (acct_…)." },
  ],
  says: ({ way }) => `Takes out the ${tokens(payout.tokens)} that were set aside. ${way === "reference"
    ? `You say that ${money(payout.cents, payout.currency)} were paid, under this reference.`
    : `Stripe is asked to send ${money(payout.cents, payout.currency)} to this account until it has, once.`}`,
  action: "Approve",
  run: async ({ way, note }, key) => {
    await api.post(walletPath(payout.wallet_id, `/payouts/${payout.id}/approve`), { [way]: note }, key);
    return `Approved: ${money(payout.cents, payout.currency)} for ${payout.wallet_id}.`;
  },
});

/** @param {Api} api @param {any} payout */
const reject = (api, payout) => ask({
  title: `Reject the payout of ${payout.wallet_id}`,
  fields: [{ name: "reason", label: "Reason", hint: "The creator sees it." }],
  says: () => `Gives the ${tokens(payout.tokens)} back to ${payout.wallet_id}, who may ask again.`,
  action: "Reject",
  grave: true,
  run: async ({ reason }, key) => {
    await api.post(walletPath(payout.wallet_id, `/payouts/${payout.id}/reject`), { reason }, key);
    return `Rejected: ${payout.wallet_id} has the tokens back.`;
  },
});
