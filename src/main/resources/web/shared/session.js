import { confirm } from "./dialog.js";

/** @typedef {{ id: string, token: string, scopes?: string[] }} User */
/** @typedef {{ users: User[], stripe?: { stand_in: boolean, url?: string } }} Sandbox */

const KEPT = "purser.session";

const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** The demo users, in development mode; null elsewhere. Only this machine is told. @returns {Promise<Sandbox | null>} */
export async function loadSandbox() {
  if (!THIS_MACHINE.test(location.hostname)) {
    return null;
  }
  try {
    const response = await fetch("/sandbox/users", { cache: "no-store", credentials: "omit" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/**
 * Who was signed in in this window before, or came with `#token=` in the address, which is taken out of it. Anybody can make
 * such an address: so nobody who is signed in here becomes somebody else by it without a word.
 *
 * @returns {Promise<User | null>}
 */
export async function restore() {
  const before = kept();
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!given) {
    return before;
  }
  history.replaceState(null, "", location.pathname + location.search);
  const user = userOf(given);
  const stays = before && before.id !== user.id && !(await confirm(`Sign in as ${user.id}?`,
    `You are signed in as ${before.id}. The address that you opened is for ${user.id}.`, `Sign in as ${user.id}`));
  return stays ? before : keep(user);
}

/** @returns {User | null} */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
}

/** Of this window alone, and until it is closed: so that two windows can be two people. @param {User} user */
export function keep(user) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ id: user.id, token: user.token }));
  } catch {
    // Not allowed to: it is in memory, then, until the page is left.
  }
  return user;
}

export function forget() {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // Nothing was kept.
  }
}

/** Whose token it is, by its own word; the service checks. @param {string} token @returns {User} */
export function userOf(token) {
  try {
    const bytes = Uint8Array.from(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    return { id: String(claims.sub), token, scopes: String(claims.scope ?? "").split(" ").filter(Boolean) };
  } catch {
    return { id: "unknown", token, scopes: [] };
  }
}
