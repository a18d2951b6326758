create schema if not exists journal;

-- The record of official acts. The number is given under a lock, so that it has no gaps and the
-- order of numbers is the order of commits.
create table journal.entry (
    number bigint      primary key check (number > 0),
    kind   text        not null check (kind ~ '^[a-z][a-z-]*/[0-9]+$'),
    bytes  bytea       not null,
    sha256 bytea       not null check (sha256 = sha256(bytes)),
    at     timestamptz not null
);

create function journal.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the journal is append-only' using errcode = 'integrity_constraint_violation';
end $$;

create trigger entry_is_kept before update or delete or truncate on journal.entry
    for each statement execute function journal.refuse_change();
