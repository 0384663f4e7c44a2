-- Whoever has paid finds the payment among its purchases, even if nobody has heard that it was begun.
create index payments_payer on payments (coalesce(payer, wallet_id), created_at);
