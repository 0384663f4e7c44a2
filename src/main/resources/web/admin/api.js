/** What the service did not do, with its own words for why. */
export class Refused extends Error {
  /** @param {number} status @param {Record<string, any>} problem */
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `The service answered ${status}`);
    this.status = status;
    this.problem = problem;
    this.title = problem.title ?? `The service answered ${status}`;
    this.detail = problem.detail ?? "";
    this.retryable = problem.retryable === true;
  }
}

/** @typedef {ReturnType<typeof openApi>} Api */

/**
 * The API, as somebody.
 *
 * @param {string} token
 * @param {() => void} signedOut told when the token is good no more
 */
export function openApi(token, signedOut) {
  /** @param {string} path @param {RequestInit} init */
  async function ask(path, init) {
    const headers = { Accept: "application/json", Authorization: `Bearer ${token}`, ...init.headers };
    const response = await answered(fetch(`/api/v1${path}`, { ...init, headers, cache: "no-store", credentials: "omit" }));
    const body = await response.json().catch(() => ({}));
    if (!response.ok) {
      if (response.status === 401) {
        signedOut();
      }
      throw new Refused(response.status, body);
    }
    return body;
  }

  return {
    /** @param {string} path @param {Record<string, string | number | null | undefined>} [wanted] @param {AbortSignal} [signal] */
    get(path, wanted = {}, signal) {
      const parameters = Object.entries(wanted).filter(([, value]) => value !== null && value !== undefined && value !== "");
      const query = new URLSearchParams(parameters.map(([name, value]) => [name, String(value)]));
      return ask(query.size === 0 ? path : `${path}?${query}`, { signal });
    },

    /** @param {string} path @param {object} body @param {string} key makes a repetition harmless */
    post(path, body, key) {
      return ask(path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": key },
        body: JSON.stringify(body),
      });
    },

    /** Of what takes neither a body nor a key. @param {string} path */
    ask: (path) => ask(path, { method: "POST" }),
  };
}

/** @param {Promise<Response>} asked */
async function answered(asked) {
  try {
    return await asked;
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") {
      throw failure;
    }
    throw new Refused(0, {
      title: "The service does not answer",
      detail: "Nobody knows whether it was carried out. To try again does no harm: it is the same request.",
      retryable: true,
    });
  }
}

/** A key that nobody else has. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A wallet's path below the API's admin part. @param {string} id @param {string} [rest] */
export const walletPath = (id, rest = "") => `/admin/wallets/${encodeURIComponent(id)}${rest}`;
