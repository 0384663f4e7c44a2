import { newKey } from "../purser.js";
import { openDialog } from "../shared/dialog.js";
import { byId, el, fill } from "../shared/dom.js";
import { busy, problemNote } from "../shared/problem.js";
import { numberField, whoField } from "./send.js";
import { RunningCall } from "./running-call.js";

/** @typedef {import("./main.js").Wallet} Wallet */

const KEPT = "purser.call";

/** @param {Wallet} wallet */
export function startCallDialog(wallet) {
  if (RunningCall.current) {
    byId("call").scrollIntoView({ block: "center", behavior: "smooth" });
    byId("call").querySelector("button")?.focus();
    return;
  }
  const { content, close } = openDialog("Start a call");
  let key = newKey();
  const news = el("div");
  const button = el("button", { class: "button main" }, "Start the call");
  const form = el("form", { class: "form", oninput: () => (key = newKey()), onsubmit: (event) => {
    event.preventDefault();
    submit();
  } },
  el("p", { class: "quiet" }, "Each minute is paid when it begins, and the next one is set aside."),
  whoField(wallet, "Creator", "carol"),
  el("div", { class: "pair" }, numberField("rate", "Tokens per minute", 30), numberField("most", "At most, minutes", 20, 1440)),
  news, el("div", { class: "ends" }, el("button", { type: "button", class: "button", onclick: close }, "Cancel"), button));
  const submit = async () => {
    const values = new FormData(form);
    fill(news);
    try {
      const { call } = await busy(button, () => wallet.purser.startCall({ creator_id: String(values.get("who")),
        rate_per_minute: Number(values.get("rate")), max_minutes: Number(values.get("most")) }, { key }));
      close();
      follow(wallet, call, true);
    } catch (error) {
      fill(news, problemNote(error, { retry: submit }));
    }
  };
  fill(content, form);
  form.querySelector("input")?.focus();
}

/** A call goes on when its page is loaded again. @param {Wallet} wallet */
export async function resumeCall(wallet) {
  const id = sessionStorage.getItem(`${KEPT}.${wallet.user.id}`);
  if (id) {
    try {
      const call = await wallet.purser.findCall(id);
      if (call.state === "active") {
        follow(wallet, call, false);
      } else {
        keep(wallet, null);
      }
    } catch (error) {
      if (!(/** @type {{ retryable?: boolean }} */ (error).retryable)) {
        keep(wallet, null);
      }
    }
  }
}

/** @param {Wallet} wallet @param {import("../purser.js").Call} call @param {boolean} begun just now */
function follow(wallet, call, begun) {
  keep(wallet, call.id);
  new RunningCall(wallet, call, () => keep(wallet, null)).start(begun);
}

/** @param {Wallet} wallet @param {string | null} id */
function keep({ user }, id) {
  if (id === null) {
    sessionStorage.removeItem(`${KEPT}.${user.id}`);
  } else {
    sessionStorage.setItem(`${KEPT}.${user.id}`, id);
  }
}
