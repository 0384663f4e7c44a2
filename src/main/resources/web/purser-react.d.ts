import type { ReactElement, ReactNode } from "react";
import type { Balance, CallOptions, Connection, Purser, PurserError } from "./purser.js";

export interface TokenBalance {
  /** What may be spent; null while it is not known. */
  balance: number | null;
  /** All of the wallet's numbers. */
  wallet: Readonly<Balance> | null;
  loading: boolean;
  error: PurserError | null;
  connection: Connection;
  refresh: Purser["refresh"];
  /** Rejects with a {@link PurserError}; `error.code === "insufficient_funds"` is the one to handle. */
  spendTokens: (amount: number, description?: string, options?: CallOptions) => ReturnType<Purser["spend"]>;
}

/** Gives what is below it a client, which is made once for each user: `createPurser({ token })`. */
export function PurserProvider(props: { purser: Purser; children?: ReactNode }): ReactElement;

/** The balance, current as long as the component is there. */
export function useTokenBalance(purser?: Purser): TokenBalance;
