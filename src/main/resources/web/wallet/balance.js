import { byId, setText } from "../shared/dom.js";
import { day, money, tokens, whole } from "../shared/format.js";
import { announce, tell } from "../shared/news.js";
import { causeInWords } from "./words.js";

/** @typedef {import("./main.js").Wallet} Wallet */
/** @typedef {import("../purser.js").Balance} Balance */

const CONNECTIONS = {
  connecting: ["Connecting", ""],
  live: ["Live", "good"],
  polling: ["Up to date", ""],
  offline: ["Offline", "wrong"],
  unauthorized: ["Signed out", "wrong"],
};
const STATUSES = { active: "", debt: "In debt", frozen: "Frozen", closed: "Closed" };
/** What is known only to a refresh is asked for when the changes pause. */
const PAUSE = 400;

/** Shows the balance, whichever way it comes. @param {Wallet} wallet */
export function showBalance(wallet) {
  /** @type {number | null} */
  let shown = null;
  let version = -1;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  const update = () => {
    const { balance, connection } = wallet.purser.getState();
    showConnection(connection);
    if (!balance) {
      return;
    }
    if (balance.balance !== shown) {
      roll(byId("balance"), shown, balance.balance);
      setText(byId("unit"), balance.balance === 1 ? "token" : "tokens");
    }
    if (balance.version > version && version >= 0) {
      say(balance, shown ?? 0);
      clearTimeout(later);
      later = setTimeout(() => wallet.purser.refresh().catch(() => {}), PAUSE);
    }
    shown = balance.balance;
    version = balance.version;
    showParts(balance);
    showWorth(balance.balance, wallet.packs);
    showAllowance(balance);
  };
  wallet.purser.subscribe(update);
  wallet.entries.watch(update);
  update();
}

/** @param {import("../purser.js").Connection} connection */
function showConnection(connection) {
  const [text, colour] = CONNECTIONS[connection];
  const pill = byId("connection");
  pill.hidden = false;
  setText(pill, text);
  pill.className = `pill dot push ${colour}`;
}

/** @param {Balance} balance @param {number} before */
function say(balance, before) {
  const change = balance.balance - before;
  const cause = balance.cause ? `${causeInWords(balance.cause, tokens)}. ` : "";
  if (change !== 0 || cause) {
    announce(`${cause}Your balance is ${tokens(balance.balance)}.`);
  }
}

/** Lets a number run to its next value. @param {HTMLElement} element @param {number | null} from @param {number} to */
function roll(element, from, to) {
  if (from === null || matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden) {
    setText(element, whole(to));
    return;
  }
  const begin = performance.now();
  const target = String(to);
  element.dataset.to = target;
  element.classList.remove("up", "down");
  element.classList.add(to > from ? "up" : "down");
  const step = (/** @type {number} */ now) => {
    if (element.dataset.to !== target) {
      return;
    }
    const part = Math.min(1, Math.max(0, (now - begin) / 450));
    setText(element, whole(Math.round(from + (to - from) * (1 - (1 - part) ** 3))));
    if (part < 1) {
      requestAnimationFrame(step);
    } else {
      element.classList.remove("up", "down");
    }
  };
  requestAnimationFrame(step);
}

/** @param {Balance} balance */
function showParts(balance) {
  const status = byId("status");
  status.hidden = balance.status === "active";
  status.className = balance.status === "closed" ? "pill" : "pill wrong";
  setText(status, STATUSES[balance.status]);
  const parts = byId("parts");
  parts.hidden = balance.held === 0;
  setText(parts, `${tokens(balance.available)} can be spent, ${whole(balance.held)} set aside`);
}

/** What as many tokens cost at the best rate; nobody pays it back. @param {number} amount @param {import("../purser.js").Pack[]} packs */
function showWorth(amount, packs) {
  const [best] = [...packs].sort((one, other) => one.price / one.total_tokens - other.price / other.total_tokens);
  if (best) {
    const worth = money(Math.round((amount * best.price) / best.total_tokens), best.currency);
    setText(byId("worth"), `≈ ${worth}, at our best price (${money(best.price, best.currency)} for ${whole(best.total_tokens)})`);
  }
}

/** @param {Balance} balance */
function showAllowance({ allowance, lots = [] }) {
  byId("allowance").hidden = !allowance;
  if (!allowance) {
    return;
  }
  const { granted, left, level } = allowance;
  const bar = /** @type {HTMLProgressElement} */ (byId("allowance-bar"));
  bar.max = Math.max(granted, left);
  bar.value = left;
  const end = lots.find((lot) => lot.source === "allowance" && lot.expires_at !== null)?.expires_at;
  setText(byId("allowance-text"), `${whole(left)} of ${whole(bar.max)} left${end ? `, until ${day(end)}` : ""}`);
  const low = byId("allowance-low");
  low.hidden = level === 0;
  setText(low, level === 100 ? "Used up" : `${level} % used`);
}

/** @param {import("../purser.js").Allowance} allowance */
export function warnOf({ level }) {
  tell(level === 100 ? "Your allowance is used up." : `${level} % of your allowance is used.`);
}
