create schema if not exists licensing;

create table licensing.serial (
    kind text    not null,
    year integer not null,
    last integer not null check (last > 0),
    primary key (kind, year)
);

create table licensing.application (
    id         uuid           primary key,
    number     text           not null unique,
    party      uuid           not null,
    product    uuid           not null,
    district   text           not null,
    yearly_kg  numeric(14, 3) not null check (yearly_kg > 0),
    statement  text           not null,
    stage      text           not null check (stage in ('SUBMITTED','IN_REVIEW','SENT_BACK','GRANTED','REFUSED')),
    missing    text[]         not null default '{}',
    in_charge  text,
    officer    uuid,
    deadline   date,
    applied_by uuid           not null,
    applied_at timestamptz    not null,
    changed_at timestamptz    not null,
    version    integer        not null check (version > 0)
);
-- One open case for one product of one party.
create unique index one_open_case on licensing.application (party, product)
    where stage in ('SUBMITTED', 'IN_REVIEW', 'SENT_BACK');
create index application_by_district on licensing.application (district text_pattern_ops);

-- Never changed, never removed: this is what an appeal is decided on.
create table licensing.step (
    id          bigint      generated always as identity primary key,
    application uuid        not null references licensing.application,
    from_stage  text,
    to_stage    text        not null,
    taken_by    uuid        not null,
    name        text        not null,
    note        text        not null,
    taken_at    timestamptz not null
);
create index step_of on licensing.step (application, id);

create table licensing.licence (
    id          uuid           primary key,
    number      text           not null unique,
    application uuid           not null unique references licensing.application,
    party       uuid           not null,
    product     uuid           not null,
    district    text           not null,
    from_day    date           not null,
    until_day   date           not null check (until_day > from_day),
    yearly_kg   numeric(14, 3) not null check (yearly_kg > 0),
    standing    text           not null check (standing in ('IN_FORCE','SUSPENDED','REVOKED')),
    reason      text,
    granted_at  timestamptz    not null,
    version     integer        not null check (version > 0),
    check (standing = 'IN_FORCE' or reason is not null)
);
create index licence_of on licensing.licence (party, product, granted_at desc);

create table licensing.act (
    id       bigint      generated always as identity primary key,
    licence  uuid        not null references licensing.licence,
    act      text        not null check (act in ('GRANT','SUSPEND','REINSTATE','REVOKE')),
    taken_by uuid        not null,
    name     text        not null,
    reason   text        not null,
    -- The journal holds only a hash of salt and reason: whoever has both can check it.
    salt     text        not null,
    taken_at timestamptz not null
);
create index act_of on licensing.act (licence, id);

create function licensing.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'steps and acts are append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger step_is_kept before update or delete or truncate on licensing.step
    for each statement execute function licensing.refuse_change();
create trigger act_is_kept before update or delete or truncate on licensing.act
    for each statement execute function licensing.refuse_change();

-- A revoked licence never comes back; a new one has to be applied for.
create function licensing.keep_revoked() returns trigger language plpgsql as $$
begin
    if old.standing = 'REVOKED' then
        raise exception 'a revoked licence stays revoked' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger revoked_stays before update on licensing.licence
    for each row execute function licensing.keep_revoked();
