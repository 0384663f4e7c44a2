-- What one commit sends to one wallet lies in the post as one row: a transfer that had a row of its own cost a fifth of all that
-- PostgreSQL does for a tip. An element of each list is a transfer's part, and a bit says whether it waits, or came back;
-- one with neither was taken in. The list of places says which bit is whose.
create table parcels (
    to_wallet  text        not null,
    id         text        not null,
    -- One of its places. A parcel comes in pieces if it holds several kinds of transfers, or if the commit was refused and
    -- tried again wallet by wallet.
    piece      int         not null,
    kind       text        not null,
    waiting    bigint      not null,
    returned   bigint      not null default 0,
    places     int[]       not null,
    senders    text[]      not null,
    amounts    bigint[]    not null,
    channels   text[]      not null,
    messages   text[]      not null,
    -- What each was taken from.
    lots       text[]      not null,
    created_at timestamptz not null,
    primary key (to_wallet, id, piece),
    check (kind in ('tip', 'gift', 'call') and waiting & returned = 0 and (waiting | returned) > 0 and 1 <= all (amounts))
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, toast_tuple_target = 8160);

-- The lists are short or short-lived: to compress them takes longer than to write them.
alter table parcels
    alter column senders set storage external,
    alter column channels set storage external,
    alter column messages set storage external,
    alter column lots set storage external;

insert into parcels (to_wallet, id, piece, kind, waiting, returned, places, senders, amounts, channels, messages, lots,
                     created_at)
select to_wallet, id, 0, kind, (returned_at is null)::int, (returned_at is not null)::int, array[0], array[from_wallet],
       array[amount], array[channel], array[message], array[lots], created_at
  from transfers;

drop table transfers;

-- Tokens on their way from one wallet to another, or back with the one who sent them.
create view transfers as
    select p.to_wallet, p.id as parcel, t.place, case t.place when 0 then p.id else p.id || '~' || t.place end as id,
           t.from_wallet, p.kind, t.amount, t.channel, t.message, t.lots, p.created_at,
           p.waiting >> t.place & 1 = 1 as in_post
      from parcels p
     cross join lateral unnest(p.places, p.senders, p.amounts, p.channels, p.messages, p.lots)
                     as t (place, from_wallet, amount, channel, message, lots)
     where (p.waiting | p.returned) >> t.place & 1 = 1;
