-- Notes of what was committed, so that every node may remember what a scan shows and forget it in time.
-- A row says: what is known about this thing is no longer as it was. Rows are read by their transaction:
-- those that the last look did not see, whatever the order of their commits. Kept for an hour.
create table scan.change (
    xact  xid8        not null default pg_current_xact_id(),
    -- a lot, plot, licence, product, party or recall; the nil UUID for everything
    about uuid,
    batch bigint,
    at    timestamptz not null default now(),
    check ((about is null) <> (batch is null))
);
create index change_by_xact on scan.change (xact);

-- One function for each column that names the thing; the program hangs them on the tables that a scan
-- page rests on (see Watched) when it starts.
do $$
declare
    name text;
begin
    foreach name in array array['lot', 'target', 'plot', 'id', 'licence', 'recall'] loop
        execute format($f$
            create function scan.note_%1$s() returns trigger language plpgsql as $b$
            begin
                insert into scan.change (about)
                values (case when tg_op = 'DELETE' then old.%1$s else new.%1$s end);
                return null;
            end $b$ $f$, name);
    end loop;
    foreach name in array array['batch', 'number'] loop
        execute format($f$
            create function scan.note_%1$s() returns trigger language plpgsql as $b$
            begin
                insert into scan.change (batch)
                values (case when tg_op = 'DELETE' then old.%1$s else new.%1$s end);
                return null;
            end $b$ $f$, name);
    end loop;
end $$;
create function scan.note_everything() returns trigger language plpgsql as $$
begin
    insert into scan.change (about) values ('00000000-0000-0000-0000-000000000000');
    return null;
end $$;

-- How often a code was scanned on a day: one row per code and day on which it was scanned, none for a
-- code that nobody scanned. What tells copies from honest scans (regions, times, salted hashes) is in
-- trail, see docs/clone-detection.md; it is emptied when the day after is over.
create table scan.tally (
    batch        bigint      not null,
    serial       bigint      not null,
    day          date        not null,
    scans        bigint      not null check (scans > 0),
    first_at     timestamptz not null,
    first_region text,
    trail        bytea       not null,
    primary key (batch, serial, day)
);
create index tally_by_day on scan.tally using brin (day);

-- How far each piece of a node's scan log is in the tallies; written in the same transaction.
create table scan.log (
    piece text        primary key,
    done  bigint      not null check (done >= 0),
    at    timestamptz not null
);
-- Tells the scan logs of this database from those of another that used the same folder.
create table scan.self (id uuid primary key default gen_random_uuid());
insert into scan.self default values;

-- Marks and rulings stay by code. Scans counted before there were tallies stay in scans and in scan.day;
-- what told their readers apart is forgotten, as it would have been after a day.
alter table scan.code add column batch bigint;
alter table scan.code add column serial bigint;
alter table scan.code add column score integer;
alter table scan.code drop constraint code_scans_check;
alter table scan.code add constraint code_scans_check check (scans >= 0);
create unique index code_by_serial on scan.code (batch, serial);
drop table scan.reader;
create trigger scan_notes_change after insert or update on scan.code
    for each row when (new.batch is not null) execute function scan.note_batch();
