import { createContext, createElement, useCallback, useContext, useSyncExternalStore } from "react";

/** @typedef {import("./purser.js").Purser} Purser */

const Context = createContext(/** @type {Purser | null} */ (null));

/** @param {{ purser: Purser, children?: import("react").ReactNode }} props */
export function PurserProvider({ purser, children }) {
  return createElement(Context.Provider, { value: purser }, children);
}

/** @param {Purser} [given] @returns {import("./purser-react.js").TokenBalance} */
export function useTokenBalance(given) {
  const provided = useContext(Context);
  const purser = given ?? provided;
  if (!purser) {
    throw new Error("Expected a PurserProvider around this component, or a purser as argument, but there is neither");
  }
  const { balance: wallet, loading, error, connection } =
    useSyncExternalStore(purser.subscribe, purser.getState, purser.getState);
  /** @type {import("./purser-react.js").TokenBalance["spendTokens"]} */
  const spendTokens = useCallback(
    (amount, description, options) => purser.spend({ amount, ...(description && { description }) }, options),
    [purser],
  );
  return { balance: wallet?.available ?? null, wallet, loading, error, connection, refresh: purser.refresh, spendTokens };
}
