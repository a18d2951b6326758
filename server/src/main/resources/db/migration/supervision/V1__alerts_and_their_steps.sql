create schema if not exists supervision;

create sequence supervision.number;

create table supervision.alert (
    id       uuid        primary key,
    number   text        not null unique,
    -- What it came from, so that hearing the same event twice makes one alert.
    cause    text        not null unique,
    kind     text        not null check (kind in
             ('REFUSAL', 'FAILED_REPORT', 'SUSPICIOUS_CODE', 'COMPLAINT', 'LICENCE', 'RECALL')),
    level    text        not null check (level in ('HIGH', 'MEDIUM', 'LOW')),
    title    text        not null,
    text     text        not null,
    district text        not null,
    party    uuid,
    subject  text,
    state    text        not null check (state in
             ('FOUND', 'ASSIGNED', 'HANDLED', 'RECHECKED', 'CLOSED')),
    person   text        not null,
    deadline date        not null,
    found_at timestamptz not null,
    version  integer     not null default 1
);
create index alert_open on supervision.alert (district, deadline) where state <> 'CLOSED';

-- Who did what about an alert; never edited.
create table supervision.step (
    id     bigint      generated always as identity primary key,
    alert  uuid        not null references supervision.alert,
    state  text        not null,
    by     text        not null,
    at     timestamptz not null,
    note   text        not null
);
create index step_of_alert on supervision.step (alert, id);

create function supervision.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger step_is_kept before update or delete or truncate on supervision.step
    for each statement execute function supervision.refuse_change();
