import { openDialog } from "../shared/dialog.js";
import { el, fill } from "../shared/dom.js";
import { tell } from "../shared/news.js";
import { busy } from "../shared/problem.js";
import { newKey } from "./api.js";
import { note } from "./note.js";

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} label
 * @property {string} [hint]
 * @property {"text" | "number" | "check" | "choice"} [sort] a text, if it is not said
 * @property {string} [value]
 * @property {[string, string][]} [choices] values and their labels
 * @property {boolean} [optional]
 * @property {number} [most] how long a text may be
 */

/**
 * Asks before something is done: says what will happen, as it is filled in, and that it will be recorded.
 *
 * @param {object} what
 * @param {string} what.title
 * @param {Field[]} what.fields
 * @param {(values: Record<string, string>) => string} what.says
 * @param {string} what.action the word on the button
 * @param {boolean} [what.grave]
 * @param {(values: Record<string, string>, key: string) => Promise<string>} what.run answers what was done
 * @returns {Promise<boolean>} whether it was done
 */
export function ask({ title, fields, says, action, grave = false, run }) {
  return new Promise((resolve) => {
    let done = false;
    let key = newKey();
    const { content, close } = openDialog(title, { onClose: () => resolve(done) });
    const problem = el("div");
    const saying = el("p", { class: "says", role: "status" });
    const yes = el("button", { class: `button ${grave ? "wrong" : "main"}` }, action);
    const form = el("form", { class: "form", onsubmit: submit, oninput: changed, onchange: changed },
      ...fields.map(control), saying, el("p", { class: "quiet small" }, "It is written into the audit trail, with your name."),
      problem, el("div", { class: "ends" }, el("button", { type: "button", class: "button", onclick: close }, "Cancel"), yes));

    const values = () => Object.fromEntries(Array.from(new FormData(form), ([name, value]) => [name, String(value).trim()]));

    /** Something else is another request, and has another key. */
    function changed() {
      key = newKey();
      const text = says(values());
      if (saying.textContent !== text) {
        saying.textContent = text;
      }
    }

    /** @param {Event} event */
    function submit(event) {
      event.preventDefault();
      void busy(yes, attempt);
    }

    async function attempt() {
      try {
        const said = await run(values(), key);
        done = true;
        close();
        tell(said);
      } catch (error) {
        fill(problem, note(error, { retry: () => void busy(yes, attempt) }));
      }
    }

    content.append(form);
    changed();
    /** @type {HTMLElement} */ (form.querySelector("input, select") ?? yes).focus();
  });
}

/** @param {Field} field */
function control(field) {
  const id = `ask-${field.name}`;
  if (field.sort === "check") {
    return el("label", { class: "row", for: id }, el("input", { id, name: field.name, type: "checkbox", value: "yes" }), field.label);
  }
  const hint = field.hint && el("span", { class: "hint", id: `${id}-hint` }, field.hint);
  const common = { id, name: field.name, required: !field.optional, "aria-describedby": hint ? `${id}-hint` : null };
  const input = field.sort === "choice"
    ? el("select", common, ...(field.choices ?? []).map(([value, label]) => el("option", { value }, label)))
    : el("input", { ...common, value: field.value, autocomplete: "off", ...(field.sort === "number"
      ? { inputmode: "numeric", pattern: "[+\\-]?[0-9]{1,15}", title: "A whole number" }
      : { maxlength: field.most ?? 255 }) });
  return el("div", { class: "field" }, el("label", { for: id }, field.label), input, hint);
}
