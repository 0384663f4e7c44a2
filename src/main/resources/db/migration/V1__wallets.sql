-- What a wallet is after its last entry. `version` is that entry's number, `epoch` the fence: a writer must know both.
-- No index covers what a spend changes, and pages keep room, so that a spend updates its row in place (HOT).
create table wallets (
    id          text        primary key,
    version     bigint      not null check (version >= 0),
    epoch       bigint      not null check (epoch > 0),
    balance     bigint      not null check (balance >= 0),
    held        bigint      not null check (held between 0 and balance),
    debt        bigint      not null check (debt >= 0),
    status      text        not null check (status in ('active', 'debt', 'frozen', 'closed')),
    purchased   bigint      not null,
    spent       bigint      not null,
    earned      bigint      not null,
    lots        jsonb       not null,
    -- When its next lot or hold runs out.
    due_at      timestamptz,
    updated_at  timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

create index wallets_due on wallets (due_at, id) where due_at is not null;
create index wallets_owing on wallets (id) where debt > 0;

-- The ledger: everything that changes a wallet, numbered 1..n without a hole.
create table entries (
    wallet_id         text        not null,
    seq               bigint      not null check (seq > 0),
    kind              text        not null,
    amount            bigint      not null,
    held              bigint      not null,
    debt              bigint      not null,
    balance_after     bigint      not null check (balance_after >= 0),
    op_id             text        not null,
    payment_intent_id text,
    related_wallet    text,
    channel           text,
    description       text,
    metadata          jsonb,
    created_at        timestamptz not null,
    primary key (wallet_id, seq)
);

-- Keys that were used, and what they were answered. Facts last; clients' keys are forgotten in time.
create table operations (
    wallet_id   text        not null,
    op_key      text        not null,
    fingerprint text        not null,
    op_id       text        not null,
    -- JSON, kept as text since nobody looks into it here.
    reply       text        not null,
    lasting     boolean     not null,
    created_at  timestamptz not null,
    primary key (wallet_id, op_key)
);

create index operations_age on operations using brin (created_at);

create table holds (
    wallet_id  text        not null,
    id         text        not null,
    amount     bigint      not null check (amount > 0),
    purpose    text,
    lots       jsonb       not null,
    expires_at timestamptz not null,
    -- Opened by a backend, and only to be touched by one.
    guarded    boolean     not null,
    state      text        not null check (state in ('open', 'settled', 'released', 'expired')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (wallet_id, id)
);

create index holds_open on holds (wallet_id) where state = 'open';

-- What the house did by hand, by whom and why.
create table audit (
    wallet_id  text        not null,
    op_id      text        not null,
    action     text        not null,
    subject    text        not null,
    reason     text        not null,
    amount     bigint      not null,
    created_at timestamptz not null,
    primary key (wallet_id, op_id)
);

create index audit_age on audit (created_at, op_id);

-- What is known of the one who owns a wallet. No names, no addresses.
create table accounts (
    id         text        primary key,
    is_creator boolean     not null default false,
    plan       text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'Expected % to be append-only, but met %', tg_table_name, tg_op;
end
$$;

create trigger entries_append_only before update or delete or truncate on entries
    for each statement execute function refuse_change();
create trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function refuse_change();

-- The number of a wallet's last entry before a point in time. The times of a wallet's entries never go back, so a few
-- steps on the primary key find it and no index on time has to be kept.
create function last_entry_before(wallet text, point timestamptz) returns bigint language plpgsql stable as $$
declare
    low  bigint := 0;
    high bigint := coalesce((select version from wallets where id = wallet), 0) + 1;
    mid  bigint;
begin
    while high - low > 1 loop
        mid := (low + high) / 2;
        if (select created_at from entries where wallet_id = wallet and seq = mid) < point then
            low := mid;
        else
            high := mid;
        end if;
    end loop;
    return low;
end
$$;

-- Which node serves which partition, and which nodes are there: the last word between nodes that cannot hear each other.
create table partitions (
    id   int primary key,
    node text,
    -- How often it has been taken so far.
    term int not null default 0,
    -- Whether it was taken from another node, who may rely on it for a moment yet.
    contested boolean not null default false
);

insert into partitions (id) select generate_series(0, 270);

create table nodes (
    id      text        primary key,
    since   timestamptz not null,
    seen_at timestamptz not null
);
