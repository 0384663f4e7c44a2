/** A client of Purser's for web pages: a balance that is always current, and writes that are made once. */

export interface Options {
  /** Where the service is, such as https://purser.example.com; where the page comes from if nothing is said. */
  url?: string;
  /** The user's bearer token. */
  token?: string;
  /** Gets another token, when the one before has expired or there is none yet. */
  refreshToken?: () => string | Promise<string>;
  /** How often to ask while there is no live connection, in milliseconds (4,000). */
  pollEvery?: number;
  /** How often a call is made at most (5). */
  attempts?: number;
  /** How long one answer may take, in milliseconds (15,000). */
  timeout?: number;
  /** The longest wait before another attempt, in milliseconds (20,000): if more is asked for, the call fails. */
  longestWait?: number;
  /** An allowance comes near its end: told at 80, 90 and 100 %, once each, or at once if it is so when it is first seen. */
  onAllowanceLow?: (allowance: Allowance) => void;
  fetch?: typeof fetch;
  WebSocket?: typeof WebSocket;
}

export interface CallOptions {
  /** The Idempotency-Key; a new one if nothing is said. To survive a reload of the page, keep one before you call. */
  key?: string;
  signal?: AbortSignal;
}

export type Status = "active" | "debt" | "frozen" | "closed";

/** What was credited with the source `allowance`, and what is left of it. */
export interface Allowance {
  granted: number;
  left: number;
  /** How much of it is used, in percent. */
  level: 0 | 80 | 90 | 100;
}

/** A wallet's numbers. Whole tokens; beyond 2^53 JavaScript rounds. */
export interface Balance {
  wallet_id: string;
  /** The number of its last entry: it rises with each change, and here never falls. */
  version: number;
  /** All its tokens: those available and those held. */
  balance: number;
  /** What may be spent. */
  available: number;
  held: number;
  debt: number;
  status: Status;
  /** What changed it last, where the live connection told. */
  cause?: { kind: string; amount: number; seq: number };
  /** The allowance; as of the last refresh or live change. */
  allowance?: Allowance | undefined;
  /** What is available, in the order in which it will be spent; as of the last refresh. */
  lots?: { source: string; amount: number; expires_at: string | null }[];
  totals?: { purchased: number; spent: number; earned: number };
  last_updated?: string | null;
}

/** `live`: changes come by themselves. `polling`: they are asked for. `unauthorized`: another token is needed. */
export type Connection = "connecting" | "live" | "polling" | "offline" | "unauthorized";

/** The same object until something changes. */
export interface State {
  readonly balance: Readonly<Balance> | null;
  /** Nothing is known yet. */
  readonly loading: boolean;
  /** Why the last refresh failed; null once one succeeds. */
  readonly error: PurserError | null;
  readonly connection: Connection;
}

/** As application/problem+json has it; the contract lists the codes. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  retryable: boolean;
  outcome?: "not_applied" | "unknown";
  [more: string]: unknown;
}

export class PurserError extends Error {
  readonly problem: Problem;
  /** The HTTP status; 0 if no answer came. */
  readonly status: number;
  /** Stable and made for programs; `unreachable` if no answer came, `no_token` if refreshToken failed. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Whether the same call may succeed later, without harm. */
  readonly retryable: boolean;
  /** Of a write: if `unknown`, make the same call with this `key` again to find out. */
  readonly outcome: "not_applied" | "unknown" | undefined;
  readonly key: string | undefined;
  /** When to try again, in milliseconds, if the service said. */
  readonly retryAfter: number | undefined;
}

export interface Entry {
  seq: number;
  kind: string;
  amount: number;
  held: number;
  debt: number;
  balance_after: number;
  created_at: string;
  description?: string;
  metadata?: Record<string, unknown>;
  payment_intent_id?: string;
  related_wallet?: string;
  channel?: string;
  transfer_id?: string;
}

export interface Pack {
  id: string;
  tokens: number;
  bonus_tokens: number;
  total_tokens: number;
  /** In the smallest unit of the currency. */
  price: number;
  currency: string;
}

export interface Purchase {
  id: string;
  payment_id?: string;
  pack_id: string;
  wallet_id: string;
  payer_id: string;
  tokens: number;
  bonus_tokens: number;
  price: number;
  currency: string;
  status: "open" | "requires_action" | "processing" | "succeeded" | "credited" | "failed" | "canceled" | "expired";
  failure?: string;
  created_at?: string;
  credited_at?: string;
  /** How many of its tokens were taken back since their money went back. */
  taken_back?: number;
}

export interface Transfer {
  id: string;
  kind: "tip" | "gift" | "call";
  from: string;
  to: string;
  amount: number;
  state: "credited" | "in_post";
}

export interface Call {
  id: string;
  payer_id: string;
  creator_id: string;
  state: "active" | "ended";
  rate_per_minute: number;
  max_minutes: number;
  minutes: number;
  charged: number;
  started_at: string;
  paid_until: string;
  last_minute: boolean;
  lease_until: string;
  minutes_left?: number;
  ended_because?: "hung_up" | "cannot_pay" | "lease_ran_out" | "time_up";
}

export interface HistoryFilter {
  limit?: number;
  cursor?: string;
  kind?: string;
  from?: string;
  to?: string;
}

type Which = { pack_id: string; token_amount?: undefined } | { token_amount: number; pack_id?: undefined };

export interface Purser {
  /** What is known now; see {@link State}. */
  getState(): State;
  /** Calls back after each change, and keeps the state current until the answer is called. */
  subscribe(listener: () => void): () => void;
  refresh(): Promise<Balance>;

  spend(spend: { amount: number; description?: string; metadata?: object }, options?: CallOptions):
    Promise<{ balance: number; available: number; version: number; message: string; entry: Entry }>;
  tip(tip: { creator_id: string; amount: number; channel: string; message?: string }, options?: CallOptions):
    Promise<{ balance: number; available: number; version: number; transfer: Transfer; entry: Entry }>;
  gift(gift: { recipient_id: string; amount: number; message?: string }, options?: CallOptions):
    Promise<{ balance: number; available: number; version: number; transfer: Transfer; entry: Entry }>;

  /** Begins a payment. The tokens come when it is confirmed: watch the balance, or {@link findPurchase}. */
  purchase(purchase: Which & { payment_method_id: string; gift_recipient_id?: string }, options?: CallOptions):
    Promise<{ success: boolean; purchase: Purchase; client_secret?: string }>;
  /** Answers the address of a page of the payment provider's. */
  checkout(checkout: Which & { success_url: string; cancel_url: string; gift_recipient_id?: string },
    options?: CallOptions): Promise<{ success: boolean; purchase: Purchase; url?: string }>;

  /** Begins a call that is paid by the minute; it ends by its lease unless it is renewed. */
  startCall(call: { creator_id: string; rate_per_minute: number; first_minute?: "charged" | "free"; max_minutes?: number;
    lease_seconds?: number }, options?: CallOptions): Promise<{ call: Call }>;
  renewCall(id: string, options?: CallOptions): Promise<{ call: Call }>;
  endCall(id: string, options?: CallOptions): Promise<{ call: Call }>;

  history(filter?: HistoryFilter): Promise<{ wallet_id: string; entries: Entry[]; next_cursor: string | null }>;
  /** All that match, as one file. */
  historyAsCsv(filter?: HistoryFilter): Promise<string>;
  packs(): Promise<Pack[]>;
  findPurchase(id: string): Promise<Purchase>;
  findCall(id: string): Promise<Call>;
  /** Anything else below /api/v1, tried again like the rest. */
  get(path: string, options?: { accept?: string; signal?: AbortSignal }): Promise<any>;
}

/** One for each user who is signed in. */
export function createPurser(options: Options): Purser;

/** A key that no other write has. */
export function newKey(): string;
