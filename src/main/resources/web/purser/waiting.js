/** How long to wait before the next try, in milliseconds: longer each time, and not the same for everybody. */
export function backoff(/** @type {number} */ attempt, least = 250, most = 10_000) {
  const bound = Math.min(most, least * 2 ** (attempt - 1));
  return bound / 2 + Math.random() * (bound / 2);
}

/**
 * Rejects when the signal says that nobody waits any more.
 *
 * @param {number} millis
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function pause(millis, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, millis);
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** A key that no other write has. Pages without TLS have no randomUUID. */
export function newKey() {
  if (typeof crypto.randomUUID === "function") {
    return crypto.randomUUID();
  }
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
