-- How many tokens a wallet's allowance had when the last of it was granted: what is left of it is said to be near its end.
alter table wallets add column granted int8 not null default 0;
