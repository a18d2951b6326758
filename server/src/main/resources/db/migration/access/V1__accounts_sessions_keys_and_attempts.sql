create schema if not exists access;

create table access.account (
    id            uuid        primary key,
    name          text        not null unique check (name = lower(name) and length(name) between 3 and 64),
    display_name  text        not null check (length(trim(display_name)) between 1 and 60),
    role          text        not null check (role in
                  ('ADMINISTRATOR','CITY_MANAGER','SUPERVISOR','EVALUATOR','LABORATORY',
                   'CLERK','FARMER','RETAILER','ASSOCIATION')),
    party         uuid,
    districts     text[]      not null default '{}',
    password_hash text        not null,
    must_change   boolean     not null default false,
    enabled       boolean     not null default true,
    created_at    timestamptz not null,
    -- Whoever is not an official acts for a party; an official sees districts, and acts for nobody.
    constraint scope_fits_role check (
        case when role in ('ADMINISTRATOR','CITY_MANAGER','SUPERVISOR','EVALUATOR')
             then party is null and cardinality(districts) > 0
             else party is not null and cardinality(districts) = 0 end)
);

-- A browser that is signed in. Only the hash of the cookie is kept.
create table access.session (
    token_hash bytea       primary key check (length(token_hash) = 32),
    account    uuid        not null references access.account,
    opened_at  timestamptz not null,
    seen_at    timestamptz not null,
    address    text        not null
);
create index session_of_account on access.session (account);

create table access.api_key (
    id         uuid        primary key,
    account    uuid        not null references access.account,
    label      text        not null check (length(trim(label)) between 1 and 60),
    prefix     text        not null,
    token_hash bytea       not null unique check (length(token_hash) = 32),
    created_by uuid        not null references access.account,
    created_at timestamptz not null,
    used_at    timestamptz,
    revoked_at timestamptz
);
create index api_key_of_account on access.api_key (account);

-- How often a name, or an address, failed of late: the memory of the lock-out.
create table access.attempt (
    subject      text        primary key,
    failures     integer     not null check (failures >= 0),
    last_at      timestamptz not null,
    locked_until timestamptz not null
);
create index attempt_by_age on access.attempt (last_at);

-- The audit of log-ins: written, read, never changed. Kept at least six months.
create table access.log_in (
    id      bigint      generated always as identity primary key,
    at      timestamptz not null,
    account uuid        references access.account,
    address text        not null,
    way     text        not null check (way in ('PAGE','BASIC','SETUP')),
    outcome text        not null check (outcome in ('IN','WRONG','LOCKED','DISABLED'))
);
create index log_in_of_account on access.log_in (account, at desc);

create function access.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the audit of log-ins is append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger log_in_is_kept before update or delete or truncate on access.log_in
    for each statement execute function access.refuse_change();

-- What an administrator did to accounts and keys.
create table access.act (
    id      bigint      generated always as identity primary key,
    at      timestamptz not null,
    by      uuid        not null references access.account,
    what    text        not null,
    account uuid        references access.account,
    key     uuid        references access.api_key
);
create trigger act_is_kept before update or delete or truncate on access.act
    for each statement execute function access.refuse_change();

-- The one-time link that opens an empty platform; at most one row.
create table access.setup (
    the_one    boolean     primary key default true check (the_one),
    token_hash bytea       not null check (length(token_hash) = 32),
    made_at    timestamptz not null
);

-- The answer given to a keyed POST, so that a repeated one gets the same answer and does nothing.
create table access.answer (
    account      uuid        not null,
    key          text        not null,
    path         text        not null,
    body_hash    bytea       not null check (length(body_hash) = 32),
    claimed_at   timestamptz not null,
    claimed_by   uuid        not null,
    committed    boolean     not null default false,
    status       integer,
    content_type text,
    location     text,
    body         bytea,
    primary key (account, path, key)
);
create index answer_by_age on access.answer (claimed_at);
