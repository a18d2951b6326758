create schema if not exists laboratory;

create sequence laboratory.sample_number;
create sequence laboratory.report_number;

-- A sealed sample. Lot number, category, party and district are those of the lot on that day.
create table laboratory.sample (
    id            uuid primary key,
    number        text not null unique,
    lot           uuid not null,
    lot_number    text not null,
    category      text not null,
    party         uuid not null,
    district      text not null,
    laboratory    uuid not null,
    day           date not null,
    taken_by      uuid not null,
    taken_by_name text not null,
    at            timestamptz not null
);

create index sample_laboratory on laboratory.sample (laboratory, day desc);
create index sample_party on laboratory.sample (party, day desc);
create index sample_lot on laboratory.sample (lot);

-- One version of a report, judged when it was entered. Only its release is written later.
create table laboratory.report (
    id               uuid primary key,
    number           text    not null,
    version          integer not null check (version > 0),
    replaces         uuid unique references laboratory.report,
    reason           text,
    sample           uuid    not null references laboratory.sample,
    lot              uuid    not null,
    laboratory       uuid    not null,
    sampled          date    not null,
    day              date    not null check (day >= sampled),
    edition          text    not null,
    outcome          text    not null check (outcome in ('PASS', 'FAIL', 'INCONCLUSIVE')),
    entered_by       uuid    not null,
    entered_by_name  text    not null,
    entered_at       timestamptz not null,
    released_by      uuid,
    released_by_name text,
    released_at      timestamptz,
    unique (number, version),
    unique (sample, version),
    check ((version = 1) = (replaces is null)),
    check ((replaces is null) or (reason <> '')),
    check ((released_at is null) = (released_by is null)),
    check ((released_at is null) = (released_by_name is null))
);

create index report_lot on laboratory.report (lot);

-- A result as the laboratory wrote it, with what it was judged by.
create table laboratory.line (
    report      uuid     not null references laboratory.report,
    position    smallint not null,
    substance   text     not null,
    kind        text     not null check (kind in ('FOUND', 'NOT_DETECTED', 'BELOW_LOQ')),
    figure      numeric  not null check (figure > 0),
    unit        text     not null,
    limit_value numeric,
    limit_unit  text     not null,
    edition     text     not null,
    outcome     text     not null check (outcome in ('PASS', 'FAIL', 'INCONCLUSIVE')),
    reason      text     not null,
    primary key (report, position),
    unique (report, substance)
);

-- Released reports on goods still in stock, judged again when another edition came into force.
create table laboratory.rejudgement (
    report  uuid not null references laboratory.report,
    edition text not null,
    day     date not null,
    outcome text not null check (outcome in ('PASS', 'FAIL', 'INCONCLUSIVE')),
    text    text not null,
    at      timestamptz not null,
    primary key (report, edition)
);

create function laboratory.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'what a laboratory wrote is not changed: enter a new version'
        using errcode = 'integrity_constraint_violation';
end $$;

create function laboratory.only_release() returns trigger language plpgsql as $$
begin
    if old.released_at is not null or new.released_at is null
       or (to_jsonb(old) - '{released_at,released_by,released_by_name}'::text[])
          <> (to_jsonb(new) - '{released_at,released_by,released_by_name}'::text[]) then
        raise exception 'what a laboratory wrote is not changed: enter a new version'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;

create trigger report_is_only_released before update on laboratory.report
    for each row execute function laboratory.only_release();
create trigger report_is_kept before delete or truncate on laboratory.report
    for each statement execute function laboratory.refuse_change();
create trigger line_is_kept before update or delete or truncate on laboratory.line
    for each statement execute function laboratory.refuse_change();
create trigger sample_is_kept before update or delete or truncate on laboratory.sample
    for each statement execute function laboratory.refuse_change();
create trigger rejudgement_is_kept before update or delete or truncate on laboratory.rejudgement
    for each statement execute function laboratory.refuse_change();
