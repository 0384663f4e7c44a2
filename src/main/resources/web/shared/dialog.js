import { el } from "./dom.js";

let count = 0;

/**
 * Opens a dialog. It is closed by its cross, by Escape, or by whoever opened it, and is gone then; the focus goes back to where
 * it was.
 *
 * @param {string} title
 * @param {{ wide?: boolean, onClose?: () => void }} [options]
 */
export function openDialog(title, { wide = false, onClose } = {}) {
  const id = `dialog-${++count}`;
  const heading = el("h2", { id }, title);
  const content = el("div", { class: "content" });
  const close = el("button", { type: "button", class: "button bare close", "aria-label": "Close", onclick: () => dialog.close() }, "×");
  const dialog = el("dialog", { "aria-labelledby": id, class: wide && "wide" }, el("header", {}, heading, close), content);
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, content, close: () => dialog.close(), rename: (/** @type {string} */ text) => (heading.textContent = text) };
}

/** Whether somebody wants what cannot be undone. @param {string} title @param {string} text @param {string} action @returns {Promise<boolean>} */
export function confirm(title, text, action) {
  return new Promise((resolve) => {
    let answer = false;
    const { content, close } = openDialog(title, { onClose: () => resolve(answer) });
    const yes = el("button", { type: "button", class: "button wrong", onclick: () => {
      answer = true;
      close();
    } }, action);
    const no = el("button", { type: "button", class: "button", autofocus: true, onclick: close }, "Cancel");
    content.append(el("p", {}, text), el("div", { class: "form" }, el("div", { class: "ends" }, no, yes)));
    no.focus();
  });
}
