import { byId, el, fill } from "../shared/dom.js";
import { fully, signed, when, whole } from "../shared/format.js";
import { busy, problemNote } from "../shared/problem.js";
import { tell } from "../shared/news.js";
import { detailOf, titleOf } from "./words.js";

/** @typedef {import("./main.js").Wallet} Wallet */
/** @typedef {import("../purser.js").Entry} Entry */

const FEW = 12;

/** The ledger, newest first; what comes in while one looks stands out for a moment. @param {Wallet} wallet */
export function showHistory(wallet) {
  const { entries } = wallet;
  const place = byId("history");
  let shown = FEW;
  let newest = Infinity;
  const update = () => {
    if (entries.error && !entries.loaded) {
      fill(place, problemNote(entries.error, { retry: () => entries.retry() }));
    } else if (entries.loaded) {
      fill(place, ...content());
      newest = entries.all[0]?.seq ?? 0;
    }
  };
  const more = el("button", { type: "button", class: "button little", onclick: async () => {
    shown += 2 * FEW;
    if (entries.all.length < shown && entries.hasOlder) {
      await busy(more, () => entries.loadOlder()).catch((error) => tell(problemNote(error).textContent ?? ""));
    }
    update();
    more.focus();
  } }, "Show older");
  const content = () => entries.all.length === 0
    ? [el("p", { class: "empty" }, "Nothing has happened yet. What you buy, spend and are given will be listed here.")]
    : [table(entries.all.slice(0, shown), newest),
      (entries.all.length > shown || entries.hasOlder) && el("div", { class: "more" }, more)];
  fill(place, el("p", { class: "empty" }, "Loading …"));
  entries.watch(update);
  const download = /** @type {HTMLButtonElement} */ (byId("export"));
  download.addEventListener("click", () => busy(download, () => exportCsv(wallet)).catch((error) => tell(String(error.title ?? error))));
}

/** @param {Entry[]} entries @param {number} newest that was shown before */
function table(entries, newest) {
  return el("table", { class: "history", "aria-labelledby": "history-title" },
    el("thead", {}, el("tr", {},
      el("th", { scope: "col" }, "What"), el("th", { scope: "col", class: "when" }, "When"),
      el("th", { scope: "col", class: "amount" }, "Tokens"), el("th", { scope: "col", class: "amount" }, "Balance"))),
    el("tbody", {}, ...entries.map((entry) => row(entry, entry.seq > newest))));
}

/** @param {Entry} entry @param {boolean} fresh */
function row(entry, fresh) {
  const detail = detailOf(entry);
  return el("tr", { class: fresh && "fresh", "data-seq": entry.seq },
    el("th", { scope: "row" }, el("span", { class: "what" },
      el("span", {}, titleOf(entry)), detail && el("small", {}, detail), time(entry, "in-row"))),
    el("td", { class: "when" }, time(entry, "")),
    amount(entry),
    el("td", { class: "amount" }, whole(entry.balance_after)));
}

/** @param {Entry} entry @param {string} of */
function time(entry, of) {
  return el("time", { datetime: entry.created_at, title: fully(entry.created_at), class: of }, when(entry.created_at));
}

/** What is set aside changes no balance; it stands in brackets. @param {Entry} entry */
function amount(entry) {
  if (entry.amount === 0 && entry.held !== 0) {
    return el("td", { class: "amount quiet" }, `(${whole(Math.abs(entry.held))})`);
  }
  const colour = entry.amount > 0 ? "plus" : "minus";
  return el("td", { class: `amount ${colour}` }, entry.amount === 0 ? "–" : signed(entry.amount));
}

/** The whole ledger. The token is sent in a header, so a plain link would not do. @param {Wallet} wallet */
async function exportCsv({ purser, user }) {
  const csv = await purser.historyAsCsv();
  const url = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
  el("a", { href: url, download: `tokens-${user.id.replaceAll(/[^\w.-]/g, "_")}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
