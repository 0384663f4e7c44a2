const WHOLE = new Intl.NumberFormat();
const SIGNED = new Intl.NumberFormat(undefined, { signDisplay: "exceptZero" });
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** @param {number} amount */
export const whole = (amount) => WHOLE.format(amount);

/** With its sign. @param {number} amount */
export const signed = (amount) => SIGNED.format(amount);

/** @param {number} amount */
export const tokens = (amount) => `${WHOLE.format(amount)} ${Math.abs(amount) === 1 ? "token" : "tokens"}`;

/** An amount in the smallest unit of a currency. @param {number} minorUnits @param {string} currency */
export function money(minorUnits, currency) {
  const format = new Intl.NumberFormat(undefined, { style: "currency", currency });
  return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** As short as one can tell when it was. @param {string} iso */
export function when(iso) {
  const date = new Date(iso);
  return date.toDateString() === new Date().toDateString() ? `Today, ${TIME.format(date)}` : `${day(iso)}, ${TIME.format(date)}`;
}

/** @param {string} iso */
export const day = (iso) => DAY.format(new Date(iso));

/** @param {string} iso */
export const fully = (iso) => FULL.format(new Date(iso));

/** Minutes and seconds. @param {number} millis */
export function clock(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A word of the API, for people. @param {string} word */
export const spoken = (word) => word.charAt(0).toUpperCase() + word.slice(1).replaceAll("_", " ");
