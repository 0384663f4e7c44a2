/** @typedef {import("../purser.js").Problem} Problem */

/** Why a call did not succeed: what the service said, or that it could not be reached. */
export class PurserError extends Error {
  /**
   * @param {Problem} problem
   * @param {{ key?: string, retryAfter?: number, cause?: unknown }} [more]
   */
  constructor(problem, more = {}) {
    super(problem.detail || problem.title, { cause: more.cause });
    this.name = "PurserError";
    this.problem = problem;
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.retryable = problem.retryable;
    /** @type {"not_applied" | "unknown" | undefined} */
    this.outcome = problem.outcome;
    this.key = more.key;
    this.retryAfter = more.retryAfter;
  }
}

/**
 * No answer came, so nobody knows what became of a write.
 *
 * @param {unknown} cause
 * @param {string | undefined} key of the write, if it is one
 */
export function unreachable(cause, key) {
  return new PurserError({
    type: "urn:purser:problem:unreachable",
    title: "The service cannot be reached",
    status: 0,
    detail: "No answer came. Check your connection; trying again is safe.",
    code: "unreachable",
    retryable: true,
    ...(key && { outcome: "unknown" }),
  }, { key, cause });
}

/** Nothing was asked: there is no token to ask with. @param {unknown} cause */
export function noToken(cause) {
  return new PurserError({
    type: "urn:purser:problem:no_token",
    title: "You could not be signed in",
    status: 0,
    detail: "Another token was needed, and could not be had.",
    code: "no_token",
    retryable: true,
    outcome: "not_applied",
  }, { cause });
}

/**
 * What an answer that is not a success says. A proxy on the way may answer without a problem in it.
 *
 * @param {Response} response
 * @param {string | undefined} key
 */
export async function refused(response, key) {
  const after = Number(response.headers.get("Retry-After") ?? NaN);
  const retryAfter = Number.isFinite(after) ? after * 1000 : undefined;
  const isProblem = (response.headers.get("Content-Type") ?? "").startsWith("application/problem+json");
  const problem = isProblem ? await response.json().catch(() => null) : null;
  return new PurserError(problem ?? unexplained(response.status, key), { key, retryAfter });
}

/**
 * @param {number} status
 * @param {string | undefined} key
 * @returns {Problem}
 */
function unexplained(status, key) {
  const passing = status === 408 || status === 429 || (status >= 500 && status !== 501);
  return {
    type: "about:blank",
    title: "The service did not answer as expected",
    status,
    detail: `Expected an answer of Purser's, but got one with status ${status} of something between.`,
    code: "unexplained",
    retryable: passing,
    ...(key && { outcome: passing ? "unknown" : "not_applied" }),
  };
}
