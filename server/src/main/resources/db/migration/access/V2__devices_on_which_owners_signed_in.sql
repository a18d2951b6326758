-- Browsers in which an owner has signed in: strangers' guesses at the name do not lock them out.
-- Only the hash of the cookie is kept.
create table access.device (
    token_hash bytea       not null check (length(token_hash) = 32),
    account    uuid        not null references access.account,
    seen_at    timestamptz not null,
    primary key (token_hash, account)
);
create index device_by_age on access.device (seen_at);
