package dev.purser.wallet;

/** What a hold is part of, when it is not by itself: then it is changed only as a part of that. */
public sealed interface HoldUse permits MeteredCall, Payout, Disputed, Contested {
}
