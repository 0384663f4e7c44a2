import { el } from "./dom.js";

const STAYS = 5_000;

/** Says something to those who listen, without showing it. @param {string} text */
export function announce(text) {
  const region = document.getElementById("heard");
  if (region) {
    region.textContent = text;
  }
}

/** Shows and says something for a while. @param {string} text */
export function tell(text) {
  const item = el("p", {}, text);
  document.getElementById("news")?.append(item);
  setTimeout(() => item.remove(), STAYS);
}
