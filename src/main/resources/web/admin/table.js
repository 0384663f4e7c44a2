import { el } from "../shared/dom.js";
import { fully, when } from "../shared/format.js";

/**
 * @template T
 * @typedef {{ name: string, cell: (row: T) => import("../shared/dom.js").Child, class?: string }} Column
 */

/**
 * A table that scrolls by itself where it is too wide, also by keyboard.
 *
 * @template T
 * @param {string} label
 * @param {Column<T>[]} columns
 * @param {T[]} rows
 */
export function table(label, columns, rows) {
  const head = el("tr", {}, ...columns.map(({ name, ...column }) => name
    ? el("th", { scope: "col", class: column.class }, name)
    : el("td", {}, el("span", { class: "unseen" }, "Actions"))));
  const body = rows.map((row) => line(columns, row));
  return el("div", { class: "scroll", role: "region", "aria-label": label, tabindex: "0" },
    el("table", {}, el("thead", {}, head), el("tbody", {}, ...body)));
}

/** @template T @param {Column<T>[]} columns @param {T} row */
export function line(columns, row) {
  return el("tr", {}, ...columns.map((column) => el("td", { class: column.class }, column.cell(row))));
}

/** A card with a heading and a table, or a word that there is nothing. */
export function tableCard(/** @type {string} */ title, /** @type {Column<any>[]} */ columns, /** @type {any[]} */ rows,
  { empty = "Nothing.", more = /** @type {Node | null} */ (null) } = {}) {
  return el("section", { class: "card" },
    el("header", {}, el("h2", {}, title), rows.length > 0 && el("span", { class: "quiet small" }, String(rows.length))),
    rows.length > 0 ? table(title, columns, rows) : el("p", { class: "quiet" }, empty), more);
}

/** A time, short, and whole when one points at it. @param {string | undefined | null} iso */
export const time = (iso) => iso ? el("time", { datetime: iso, title: fully(iso), class: "number" }, when(iso)) : "–";

/** A link to a wallet. @param {string} id */
export const walletLink = (id) => el("a", { href: `#/wallets/${encodeURIComponent(id)}` }, id);

/** @param {string} text */
export const code = (text) => el("code", {}, text);
