import { el } from "../shared/dom.js";

/** What a running call is shown with. @param {() => void} hangUp */
export function callParts(hangUp) {
  const title = el("h2", { id: "call-title" });
  const time = el("p", { class: "clock number", role: "timer", "aria-label": "How long the call has lasted" });
  const minute = el("progress", { max: 1, value: 1, "aria-label": "What is left of the minute that is paid" });
  const [charged, rate, left] = [el("dd"), el("dd"), el("dd")];
  const last = el("div", { class: "note brass" }, el("strong", {}, "This is the last minute"),
    el("span", {}, "No further one can be paid, or the time that was agreed is over."));
  const news = el("div");
  const end = el("button", { type: "button", class: "button wrong", onclick: hangUp }, "Hang up");
  const root = el("div", { class: "call" }, el("div", { class: "spread" }, title, end), time, minute,
    el("dl", { class: "facts" }, el("div", {}, el("dt", {}, "Paid so far"), charged), el("div", {}, el("dt", {}, "Price"), rate),
      el("div", {}, el("dt", {}, "More minutes you can pay"), left)), last, news);
  return { root, title, clock: time, minute, charged, rate, left, last, news, end, length: 60_000 };
}
