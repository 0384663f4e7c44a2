import { el } from "../shared/dom.js";
import { spoken } from "../shared/format.js";

/** @type {Record<string, string>} */
const SORTS = {
  active: "good", debt: "wrong", frozen: "brass", closed: "",
  parked: "brass", credited: "good", reversed: "", noted: "", ignored: "",
  requested: "brass", approved: "good", rejected: "", expired: "", refused: "wrong", sent: "good", sending: "brass",
};

/** A word of the API as a pill, coloured by whether one has to do something. @param {string} word */
export const statusPill = (word) => el("span", { class: `pill dot ${SORTS[word] ?? ""}` }, spoken(word));

/** @param {string} word */
export const kindPill = (word) => el("span", { class: "pill" }, spoken(word));
