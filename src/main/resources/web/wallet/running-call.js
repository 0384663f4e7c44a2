import { byId, el, fill, setText } from "../shared/dom.js";
import { clock, tokens, whole } from "../shared/format.js";
import { announce } from "../shared/news.js";
import { busy, problemNote } from "../shared/problem.js";

/** @typedef {import("./main.js").Wallet} Wallet */
/** @typedef {import("../purser.js").Call} Call */

const TICK = 500;
const ENDS = {
  hung_up: "You hung up.",
  cannot_pay: "There were too few tokens for another minute.",
  lease_ran_out: "The connection was lost for too long.",
  time_up: "It lasted as long as was agreed.",
};

/** A call while it lasts: ticks, is renewed in time, and is looked at anew when a minute is over. */
export class RunningCall {
  /** @type {RunningCall | null} */
  static current = null;
  #wallet;
  #call;
  #onEnd;
  #offset = 0;
  #asking = false;
  #nextRenewal = 0;
  #parts = parts(() => this.#hangUp());
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  #unsubscribe = () => {};

  /** @param {Wallet} wallet @param {Call} call @param {() => void} onEnd */
  constructor(wallet, call, onEnd) {
    this.#wallet = wallet;
    this.#call = call;
    this.#onEnd = onEnd;
  }

  /** @param {boolean} begun just now */
  start(begun) {
    RunningCall.current = this;
    // The service's clock may be another one: a call that was just begun began now, and none in the future.
    const since = Date.now() - Date.parse(this.#call.started_at);
    this.#offset = begun ? since : Math.min(0, since);
    this.#planRenewal();
    const place = byId("call");
    fill(place, this.#parts.root);
    place.hidden = false;
    setText(this.#parts.title, `On a call with ${this.#call.creator_id}`);
    this.#unsubscribe = this.#wallet.purser.subscribe(() => this.#look());
    this.#timer = setInterval(() => this.#tick(), TICK);
    this.#show();
    if (begun) {
      this.#parts.end.focus();
      announce(`The call with ${this.#call.creator_id} has begun, for ${tokens(this.#call.rate_per_minute)} a minute.`);
    }
  }

  get #now() {
    return Date.now() - this.#offset;
  }

  #planRenewal() {
    this.#nextRenewal = this.#now + (Date.parse(this.#call.lease_until) - this.#now) / 2;
  }

  #tick() {
    setText(this.#parts.clock, clock(this.#now - Date.parse(this.#call.started_at)));
    const left = Date.parse(this.#call.paid_until) - this.#now;
    this.#parts.minute.value = Math.max(0, Math.min(1, left / this.#parts.length));
    if (this.#now >= this.#nextRenewal) {
      this.#ask(() => this.#wallet.purser.renewCall(this.#call.id));
      this.#nextRenewal = this.#now + 5_000;
    } else if (left < -1_000) {
      this.#look();
    }
  }

  #look() {
    this.#ask(async () => ({ call: await this.#wallet.purser.findCall(this.#call.id) }));
  }

  /** One question at a time; the next tick asks again. @param {() => Promise<{ call: Call }>} question */
  async #ask(question) {
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    try {
      this.#take((await question()).call);
      fill(this.#parts.news);
    } catch (error) {
      const { code, problem } = /** @type {import("../purser.js").PurserError} */ (error);
      if (code === "call_ended" && problem.call) {
        this.#take(/** @type {Call} */ (problem.call));
      } else {
        fill(this.#parts.news, problemNote(error));
      }
    } finally {
      this.#asking = false;
    }
  }

  /** @param {Call} call */
  #take(call) {
    if (this.#call.state === "ended") {
      return;
    }
    if (call.last_minute && !this.#call.last_minute && call.state === "active") {
      announce("This is the last minute of the call.");
    }
    this.#call = call;
    this.#planRenewal();
    this.#show();
    if (call.state === "ended") {
      this.#finish();
    }
  }

  #show() {
    const { charged, minutes, minutes_left, last_minute, rate_per_minute, paid_until, started_at } = this.#call;
    this.#parts.length = Math.max(1, (Date.parse(paid_until) - Date.parse(started_at)) / minutes);
    setText(this.#parts.charged, tokens(charged));
    setText(this.#parts.rate, `${whole(rate_per_minute)} a minute`);
    setText(this.#parts.left, last_minute ? "None" : minutes_left === undefined ? "–" : whole(minutes_left));
    this.#parts.last.hidden = !last_minute || this.#call.state === "ended";
    this.#tick();
  }

  async #hangUp() {
    try {
      this.#take((await busy(this.#parts.end, () => this.#wallet.purser.endCall(this.#call.id))).call);
    } catch (error) {
      fill(this.#parts.news, problemNote(error, { retry: () => this.#hangUp() }));
      this.#look();
    }
  }

  #finish() {
    clearInterval(this.#timer);
    this.#unsubscribe();
    RunningCall.current = null;
    this.#onEnd();
    const { charged, minutes, creator_id, ended_because } = this.#call;
    const text = `${ended_because ? ENDS[ended_because] : ""} ${minutes} ${minutes === 1 ? "minute" : "minutes"}, ${tokens(charged)}.`;
    const place = byId("call");
    const close = el("button", { type: "button", class: "button little", onclick: () => (place.hidden = true) }, "Close");
    fill(place, el("div", { class: "spread" }, el("div", {}, el("h2", { id: "call-title" }, `The call with ${creator_id} is over`),
      el("p", { class: "quiet" }, text)), close));
    close.focus();
    announce(`The call is over. ${text}`);
  }
}

/** @param {() => void} hangUp */
function parts(hangUp) {
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
