-- Labels of several sizes, for sheets, rolls and thermal printers.
alter table issuing.printing
    add column template text not null default 'a4-24' check (template ~ '^[a-z0-9-]{1,20}$'),
    add column format   text not null default 'PDF' check (format ~ '^(PDF|(ZPL|TSPL)_(203|300))$'),
    add column across   numeric(4,1) not null default 100 check (across between 95 and 105),
    add column down     numeric(4,1) not null default 100 check (down between 95 and 105),
    add column printer  text not null default '' check (length(printer) <= 60);
alter table issuing.printing drop constraint printing_position_check;
alter table issuing.printing add constraint printing_position_check check (position between 1 and 65);

-- An official lets locked labels be printed once more.
create table issuing.reprint_release (
    id      uuid        primary key,
    batch   bigint      not null references issuing.batch,
    first   bigint      not null check (first >= 0),
    codes   bigint      not null check (codes between 1 and 2400),
    reason  text        not null check (length(trim(reason)) between 1 and 500),
    by      uuid        not null,
    by_name text        not null,
    at      timestamptz not null
);
create index reprint_release_of_batch on issuing.reprint_release (batch, at desc);
create trigger release_within_batch before insert on issuing.reprint_release
    for each row execute function issuing.within_batch();
create trigger release_is_kept before update or delete or truncate on issuing.reprint_release
    for each statement execute function issuing.refuse_change();

-- A release serves once.
alter table issuing.printing add column release uuid unique references issuing.reprint_release;
create index printing_newest on issuing.printing (at desc);

-- Each time the file of a print was fetched.
create table issuing.print_fetch (
    id       bigint      generated always as identity primary key,
    printing uuid        not null references issuing.printing,
    by       uuid        not null,
    by_name  text        not null,
    at       timestamptz not null
);
create index print_fetch_of_printing on issuing.print_fetch (printing);
create trigger print_fetch_is_kept before update or delete or truncate on issuing.print_fetch
    for each statement execute function issuing.refuse_change();

-- The lock, whatever the program does: printing again wants a reason, printing a third time or more
-- than a hundred at once wants a release as well.
create function issuing.reprint_lock() returns trigger language plpgsql as $$
declare
    wanted int8range := int8range(new.first, new.first + new.codes);
    before bigint;
    reprinted bigint;
begin
    select count(*), count(p.reason) into before, reprinted
      from issuing.printing p
     where p.batch = new.batch and int8range(p.first, p.first + p.codes) && wanted;
    if before > 0 and new.reason is null then
        raise exception 'labels printed before want a reason' using errcode = 'check_violation';
    end if;
    if (reprinted > 0 or before > 0 and new.codes > 100) and not exists (
            select 1 from issuing.reprint_release r
             where r.id = new.release and r.batch = new.batch
               and int8range(r.first, r.first + r.codes) @> wanted) then
        raise exception 'labels reprinted before want a release' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger reprints_are_locked before insert on issuing.printing
    for each row execute function issuing.reprint_lock();
