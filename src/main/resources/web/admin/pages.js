import { el, fill } from "../shared/dom.js";
import { busy } from "../shared/problem.js";
import { note } from "./note.js";
import { line, table } from "./table.js";

/**
 * A table that grows page by page.
 *
 * @template T
 * @param {string} label
 * @param {import("./table.js").Column<T>[]} columns
 * @param {(cursor: string | null) => Promise<{ rows: T[], next: string | null }>} read
 * @param {string} empty what is said when there is nothing
 */
export async function pagedTable(label, columns, read, empty) {
  const place = el("div", { class: "stack" });
  const first = await read(null);
  if (first.rows.length === 0) {
    fill(place, el("p", { class: "empty" }, empty));
    return place;
  }
  let next = first.next;
  const shown = table(label, columns, first.rows);
  const problem = el("div");
  const older = el("button", { type: "button", class: "button little", onclick: () => busy(older, grow) }, "Show older");
  const end = el("div", { class: "row" }, older);
  end.hidden = next === null;

  async function grow() {
    try {
      const page = await read(next);
      shown.querySelector("tbody")?.append(...page.rows.map((row) => line(columns, row)));
      next = page.next;
      end.hidden = next === null;
      fill(problem);
    } catch (error) {
      fill(problem, note(error, { retry: grow }));
    }
  }

  fill(place, shown, end, problem);
  return place;
}
