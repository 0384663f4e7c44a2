-- Tokens on their way from one wallet to another. The sender's commit inserts a row, the recipient's (or, when that wallet
-- was closed before, the sender's once more) ends it. What is neither credited nor returned is in the post.
create table transfers (
    to_wallet   text        not null,
    id          text        not null,
    from_wallet text        not null,
    kind        text        not null check (kind in ('tip', 'gift', 'call')),
    amount      bigint      not null check (amount > 0),
    channel     text,
    message     text,
    -- What it was taken from.
    lots        jsonb       not null,
    created_at  timestamptz not null,
    credited_at timestamptz,
    returned_at timestamptz,
    primary key (to_wallet, id),
    check (credited_at is null or returned_at is null)
);

create index transfers_post on transfers (to_wallet, created_at, id) where credited_at is null and returned_at is null;

alter table entries add column transfer_id text;
