-- A figure that replaces an agreed one says why. Older rows were agreed without reason or account.
alter table farming.agreed_yield add column reason text
    check (reason is null or length(trim(reason)) between 1 and 300);
alter table farming.agreed_yield add column account uuid;
-- The journal holds only a hash of salt and reason: whoever has both can check it.
alter table farming.agreed_yield add column salt text;
