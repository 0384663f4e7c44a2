import { problemNote } from "../shared/problem.js";

/** What went wrong, in the service's own words: those of the wallet's page speak to its owner. */
export function note(/** @type {unknown} */ error, /** @type {{ retry?: () => void, action?: HTMLElement | null }} */ more = {}) {
  const { title, detail, problem, retryable } = /** @type {import("./api.js").Refused} */ (error);
  return problemNote(problem ? { title, detail, problem, retryable } : error, more);
}
