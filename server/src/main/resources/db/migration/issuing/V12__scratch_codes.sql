-- Which products bear a hidden code under a scratch panel; the newest choice holds.
create table issuing.scratch_choice (
    id      bigint      generated always as identity primary key,
    product uuid        not null,
    chosen  boolean     not null,
    by      uuid        not null,
    by_name text        not null,
    at      timestamptz not null
);
create index scratch_choice_of_product on issuing.scratch_choice (product, id desc);
create trigger scratch_choice_is_kept before update or delete or truncate on issuing.scratch_choice
    for each statement execute function issuing.refuse_change();

-- The first use of an item, confirmed by its hidden code. Who confirmed is not kept.
create table issuing.first_use (
    batch  bigint      not null references issuing.batch,
    serial bigint      not null check (serial >= 0),
    at     timestamptz not null,
    primary key (batch, serial)
);
create trigger first_use_is_kept before update or delete or truncate on issuing.first_use
    for each statement execute function issuing.refuse_change();

-- Wrong tries at a hidden code: how many today and at all, and not whose.
create table issuing.scratch_tries (
    batch  bigint  not null references issuing.batch,
    serial bigint  not null check (serial >= 0),
    day    date    not null,
    today  integer not null check (today between 0 and 5),
    wrong  integer not null check (wrong between 0 and 50),
    primary key (batch, serial)
);
