package dev.purser.journal;

import dev.purser.wallet.Transfer;

/**
 * The parts of {@link BatchStatement} that concern the post: a row of {@code parcels} for what a batch sends to one wallet, in
 * which a bit says of each transfer whether it still waits, or came back.
 */
final class ParcelSql {

    /** What the batch takes in, parcel by parcel, and where in the post that lies. */
    static final String IN_POST = """
            ), post as materialized (
                select i.wallet_id, i.parcel, i.mine, p.ctid as spot, p.waiting, p.returned
                  from (select unnest($T9::text[]) as wallet_id, unnest($T10::text[]) as parcel,
                               unnest($T11::int8[]) as mine) as i
                  left join parcels p on p.to_wallet = any(array[i.wallet_id]) and p.id = any(array[i.parcel])
            """;

    /** A transfer needs no row for its key: what does not wait in the post any more was taken in, or back. */
    static final String USED_TRANSFERS = """
                union all
                select wallet_id, 'transfer:' || parcel || case n when 0 then '' else '~' || n end, 'fact', '$reply'
                  from (select wallet_id, parcel, bit_or(mine) & ~coalesce(bit_or(waiting), 0) as missing
                          from post
                         group by wallet_id, parcel) as m
                 cross join generate_series(0, $last) as n
                 where missing <> 0 and missing >> n & 1 = 1
            """.replace("$reply", StateJson.RECEIVED).replace("$last", String.valueOf(Transfer.PLACES - 1));

    /** What the batch gives back to its senders, and whether it still waits for whom it was sent to. */
    static final String GOING_BACK = """
            ), back as materialized (
                select b.*, exists (
                           select from parcels p
                            where p.to_wallet = any(array[b.to_wallet]) and p.id = any(array[b.parcel])
                              and p.waiting >> b.place & 1 = 1) as waits
                  from (select unnest($R1::text[]) as wallet_id, unnest($R2::text[]) as to_wallet,
                               unnest($R3::text[]) as transfer_id, unnest($R4::text[]) as parcel,
                               unnest($R5::int4[]) as place) as b
            """;

    static final String USED_RETURNS = """
                union all
                select wallet_id, 'return:' || transfer_id, 'fact', '$reply' from back where not waits
            """.replace("$reply", StateJson.RECEIVED);

    /**
     * What is sent to one wallet is put in the post as one row, and what is taken in is taken out of it. Since when it is
     * there is by the database's clock: a node's may be ahead, and then nobody would look for it until the others' are
     * there too. Nobody but its recipient changes a row, until that is closed: so {@code ctid} is where it still lies.
     */
    static final String SENT_AND_TAKEN_IN = """
            ), sent_parcels as (
                insert into parcels (to_wallet, id, piece, kind, waiting, places, senders, amounts, channels, messages,
                                     lots, created_at)
                select related_wallet, parcel, (array_agg(place))[1], kind, bit_or(1::int8 << place), array_agg(place),
                       array_agg(wallet_id), array_agg(-amount), array_agg(channel), array_agg(description),
                       array_agg(lots), now()
                  from lines
                 where lots is not null and $isWritten(wallet_id)
                 group by related_wallet, parcel, kind
            ), emptied_parcels as (
                delete from parcels p
                 using post t
                 where p.ctid = t.spot and t.waiting & ~t.mine = 0 and t.returned = 0 and $isWritten(t.wallet_id)
            ), opened_parcels as (
                update parcels p
                   set waiting = p.waiting & ~t.mine
                  from post t
                 where p.ctid = t.spot and t.waiting & t.mine <> 0 and not (t.waiting & ~t.mine = 0 and t.returned = 0)
                   and $isWritten(t.wallet_id)
            """;

    /** Several senders may take theirs out of the same row at once: hence by its key, which still holds when one has waited. */
    static final String TAKEN_BACK = """
            ), returned_parcels as (
                update parcels p
                   set waiting = p.waiting & ~b.mine, returned = p.returned | (p.waiting & b.mine)
                  from (select to_wallet, parcel, bit_or(1::int8 << place) as mine
                          from back
                         where $isWritten(wallet_id)
                         group by to_wallet, parcel
                         order by to_wallet, parcel) as b
                 where p.to_wallet = any(array[b.to_wallet]) and p.id = any(array[b.parcel])
            """;

    private ParcelSql() {
    }
}
