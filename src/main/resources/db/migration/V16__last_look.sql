-- Whoever looks at a payment's money takes a number, out of those of the steps that take its tokens back. A step that was
-- decided on before that, and comes after it, is not taken any more: nobody would look after it.
alter table payments
    add column last_look int not null default 0;
