-- What an officer made of a code whose scans look like those of copies. Scans from before the last
-- ruling no longer count.
alter table scan.code add column ruled_at timestamptz;
alter table scan.code add column ruled_as text
    check (ruled_as in ('SHOP_DISPLAY', 'FAMILY', 'ERROR', 'COPIED'));
alter table scan.code add constraint ruled_at_and_as check ((ruled_at is null) = (ruled_as is null));

create table scan.ruling (
    number   bigint      generated always as identity primary key,
    id       uuid        not null unique,
    code     text        not null references scan.code,
    ruled_as text        not null check (ruled_as in ('SHOP_DISPLAY', 'FAMILY', 'ERROR', 'COPIED')),
    reason   text        not null check (length(trim(reason)) between 1 and 300),
    -- What spoke for copies then; null where the mark had been taken away before.
    evidence text,
    -- The journal holds only a hash of salt and reason: whoever has both can check it.
    salt     text        not null,
    by       uuid        not null,
    by_name  text        not null,
    at       timestamptz not null
);
create index ruling_of_code on scan.ruling (code, number);

create function scan.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger ruling_is_kept before update or delete or truncate on scan.ruling
    for each statement execute function scan.refuse_change();
