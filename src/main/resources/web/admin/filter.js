import { el, fill } from "../shared/dom.js";
import { note } from "./note.js";

/**
 * A choice of what a list shows.
 *
 * @param {string} name @param {string} label @param {[string, string][]} choices
 * @param {(value: string) => Promise<void>} show
 */
export function filter(name, label, choices, show) {
  const problem = el("div");
  const select = el("select", { id: name, name, onchange: () => void change() },
    ...choices.map(([value, text]) => el("option", { value }, text)));

  async function change() {
    try {
      await show(select.value);
      fill(problem);
    } catch (error) {
      fill(problem, note(error, { retry: () => void change() }));
    }
  }

  return el("div", { class: "stack" }, el("div", { class: "field narrow" }, el("label", { for: name }, label), select), problem);
}
