import { el, fill } from "../shared/dom.js";
import { whole } from "../shared/format.js";
import { busy } from "../shared/problem.js";
import { note } from "./note.js";
import { statusPill } from "./pills.js";
import { table, time, walletLink } from "./table.js";

const MOST = 50;

/** Finding a wallet, and what waits for a person. @param {import("./main.js").Scene} scene */
export async function showHome({ place, api, left }) {
  const [parked, requested, debts] = await Promise.all([
    api.get("/admin/webhooks", { outcome: "parked", limit: MOST }, left),
    api.get("/admin/payouts", { state: "requested", limit: MOST }, left),
    api.get("/admin/debts", { limit: MOST }, left),
  ]);
  fill(place,
    el("div", { class: "head" }, el("h1", { tabindex: "-1" }, "Overview"),
      el("p", { class: "quiet" }, "Find a wallet, and see what waits for a person.")),
    finder(api),
    el("div", { class: "tiles" },
      tile("Parked webhooks", parked.events, parked.next_cursor, "#/webhooks", "nobody knows yet what they mean"),
      tile("Payouts to decide", requested.payouts, requested.next_cursor, "#/payouts", "they expire undecided"),
      tile("Wallets in debt", debts.debts, debts.next_cursor, "#/debts", "their next credit repays it")));
}

/** @param {string} name @param {object[]} lines @param {string | null} next @param {string} href @param {string} what */
function tile(name, lines, next, href, what) {
  return el("a", { class: `card tile${lines.length > 0 ? " due" : ""}`, href }, el("span", {}, name),
    el("strong", {}, `${whole(lines.length)}${next ? "+" : ""}`),
    el("small", { class: "quiet" }, lines.length > 0 ? what : "nothing to do"));
}

/** @param {import("./api.js").Api} api */
function finder(api) {
  const found = el("div", { "aria-live": "polite" });
  const input = el("input", { id: "find", name: "find", type: "search", required: true, maxlength: 128, autocomplete: "off",
    spellcheck: "false", autocapitalize: "none", "aria-describedby": "find-hint" });
  const button = el("button", { class: "button main" }, "Find");
  const form = el("form", { class: "find", role: "search", onsubmit: (event) => {
    event.preventDefault();
    void busy(button, find);
  } },
  el("div", { class: "field" }, el("label", { for: "find" }, "Wallet"), input), button);

  async function find() {
    const text = input.value.trim();
    try {
      const { wallets } = await api.get("/admin/wallets", { find: text, limit: 20 });
      fill(found, wallets.length > 0 ? results(wallets) : nothing(text));
    } catch (error) {
      fill(found, note(error));
    }
  }

  return el("section", { class: "card stack" }, form,
    el("p", { class: "quiet small", id: "find-hint" }, "How its id begins, or the id of a payment or purchase, such as pi_… or cs_…"),
    found);
}

/** @param {any[]} wallets */
function results(wallets) {
  return table("Wallets found", [
    { name: "Wallet", cell: (wallet) => walletLink(wallet.wallet_id) },
    { name: "Balance", class: "amount", cell: (wallet) => whole(wallet.balance) },
    { name: "Held", class: "amount", cell: (wallet) => whole(wallet.held) },
    { name: "Debt", class: "amount", cell: (wallet) => whole(wallet.debt) },
    { name: "Status", cell: (wallet) => statusPill(wallet.status) },
    { name: "Last change", cell: (wallet) => time(wallet.updated_at) },
  ], wallets);
}

/** A wallet comes into being with its first entry, so one may look at it before. @param {string} text */
const nothing = (text) => el("p", {}, "No wallet has had an entry whose id begins so. ",
  el("a", { href: `#/wallets/${encodeURIComponent(text)}` }, `Open ${text}`), " all the same.");
