-- JSON, kept as text since nobody looks into it here: to take it apart for each wallet that is written was a twelfth of all
-- that PostgreSQL does for a spend.
alter table wallets
    alter column lots type text;
alter table transfers
    alter column lots type text;
