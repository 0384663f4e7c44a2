package dev.purser.journal;

/**
 * The parts of {@link BatchStatement} that concern payments: what they credit, what is taken back of that when money goes
 * back, step by step, and where it is sought when it was given on.
 */
final class PaymentSql {

    /**
     * The payments that the batch has steps about. They are locked before any wallet is, all in the same order, so that who
     * looks at one meanwhile either comes first, or sees the step.
     */
    static final String LOOKED_AT = """
            ), looked_at as (
                select f.wallet_id, f.op_key, f.step <= $count as late
                  from jsonb_to_recordset($B2::text::jsonb)
                    as f (wallet_id text, payment_id text, step int4, op_key text)
                  join payments p on p.payment_intent_id = any(array[f.payment_id])
                 order by p.payment_intent_id
                   for no key update of p
            """.replace("$count", Reversals.count("p"));

    /** Whether a step was taken before, by its own key: then it comes again. */
    private static final String DONE = """
            select from operations o
                        where o.wallet_id = any(array[%1$s.wallet_id]) and o.op_key = any(array[%1$s.op_key])""";

    /** A step whose number was taken by another. If that is done just now, its number is taken all the same, see below. */
    static final String USED_STEPS = """
                union all
                select f.wallet_id, f.op_key, 'another', '$reply'
                  from jsonb_to_recordset($G2::text::jsonb)
                    as f (wallet_id text, giver text, step int4, transfer_id text, op_key text)
                  join given_on_steps s on s.giver = any(array[f.giver]) and s.step = any(array[f.step])
                 where f.transfer_id is not null and not exists ($done)
            """.replace("$reply", StateJson.RECEIVED).replace("$done", DONE.formatted("f"));

    /** Steps that were decided on before somebody has looked, unless they were taken in time, and come again. */
    static final String LATE_STEPS = """
                union all
                select l.wallet_id, l.op_key, 'another', '$reply'
                  from looked_at l
                 where l.late and not exists ($done)
            """.replace("$reply", StateJson.RECEIVED).replace("$done", DONE.formatted("l"));

    /** A payment that was credited to another wallet before makes the whole statement fail, on purpose. */
    static final String PAYMENTS = """
            ), written_payments as (
                insert into payments (payment_intent_id, wallet_id, pack_id, tokens, bonus, price, currency, payer,
                                      created_at)
                select id, wallet_id, pack_id, tokens, bonus, price, currency, payer, at
                  from jsonb_to_recordset($P1::text::jsonb)
                    as f (id text, wallet_id text, pack_id text, tokens int8, bonus int8, price int8, currency text,
                          payer text, at timestamptz)
                 where $isWritten(f.wallet_id)
            """;

    static final String MONEY_BACK = """
            ), written_reversals as (
                update payments p
                   set reversal_step = f.step, refunded = f.refunded, disputed = f.disputed, frozen = f.frozen,
                       reversed_lots = f.lots, forgiven = f.forgiven,
                       reversed_at = case when f.refunded + f.disputed + f.frozen > p.refunded + p.disputed + p.frozen
                                          then f.at else p.reversed_at end
                  from jsonb_to_recordset($B1::text::jsonb)
                    as f (wallet_id text, id text, step int4, refunded int8, disputed int8, frozen int8, lots jsonb,
                          forgiven int8, at timestamptz)
                 where p.payment_intent_id = any(array[f.id]) and p.reversal_step < f.step
                   and $isWritten(f.wallet_id)
            """;

    /** A step that somebody else does at this moment, in whatever wallet, makes the whole statement fail, on purpose. */
    static final String GIVEN_ON = """
            ), written_given_on as (
                insert into given_on (payment_intent_id, transfer_id, kind, giver, recipient, amount, place, step, room,
                                      aside, taken, created_at, updated_at)
                select payment_id, transfer_id, kind, giver, wallet_id, amount, place, step, room, aside, taken, at, at
                  from jsonb_to_recordset($G1::text::jsonb)
                    as f (wallet_id text, payment_id text, transfer_id text, kind text, giver text, amount int8,
                          place int8, step int4, room int8, aside int8, taken int8, at timestamptz)
                 where $isWritten(f.wallet_id)
                    on conflict (payment_intent_id, transfer_id) do update
                   set step = excluded.step, room = excluded.room, aside = excluded.aside, taken = excluded.taken,
                       updated_at = excluded.updated_at
            ), written_given_on_steps as (
                insert into given_on_steps (giver, step, wallet_id, payment_intent_id, transfer_id, created_at)
                select giver, step, wallet_id, payment_id, transfer_id, at
                  from jsonb_to_recordset($G2::text::jsonb)
                    as f (wallet_id text, giver text, step int4, payment_id text, transfer_id text, at timestamptz)
                 where $isWritten(f.wallet_id)
            """;

    private PaymentSql() {
    }
}
