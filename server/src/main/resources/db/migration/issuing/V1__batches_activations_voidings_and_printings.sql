create schema if not exists issuing;

-- Which key a version stands for: a fingerprint only, to notice a wrong key store at the start.
create table issuing.code_key (
    version      integer     primary key check (version between 0 and 3),
    installation uuid        not null,
    fingerprint  text        not null check (fingerprint ~ '^[0-9a-f]{16}$'),
    since        timestamptz not null
);

-- How far the numbers of a shelf are given out, see docs/code-format.md.
create table issuing.shelf (
    key_version integer not null references issuing.code_key,
    size        text    not null check (size in ('SMALL','MEDIUM','LARGE')),
    taken       bigint  not null check (taken >= 0),
    primary key (key_version, size)
);

-- An order of codes. One row for serials 0 to codes - 1; no row per code anywhere.
create table issuing.batch (
    number     bigint      primary key check (number >= 0),
    party      uuid        not null,
    product    uuid        not null,
    licence    uuid        not null,
    season     integer     not null check (season between 2000 and 2999),
    codes      bigint      not null check (codes between 1 and 1048576),
    used       bigint      not null default 0,
    ordered_by uuid        not null,
    ordered_at timestamptz not null,
    constraint used_within_codes check (used between 0 and codes)
);
create index batch_of_party on issuing.batch (party, ordered_at desc);

-- Codes put on a lot. The balance and the way from range to lot are trace's; here is who did it,
-- and that no serial is used twice.
create table issuing.activation (
    id      uuid        primary key,
    batch   bigint      not null references issuing.batch,
    first   bigint      not null check (first >= 0),
    codes   bigint      not null check (codes > 0),
    lot     uuid        not null,
    by      uuid        not null,
    at      timestamptz not null,
    constraint activated_once exclude using gist
        (int8range(batch * 1048576 + first, batch * 1048576 + first + codes) with &&)
);
create index activation_of_batch on issuing.activation (batch, first);

-- Codes made worthless for good, before or after activation.
create table issuing.voiding (
    id     uuid        primary key,
    batch  bigint      not null references issuing.batch,
    first  bigint      not null check (first >= 0),
    codes  bigint      not null check (codes > 0),
    reason text        not null check (length(trim(reason)) between 1 and 500),
    by     uuid        not null,
    at     timestamptz not null,
    constraint voided_once exclude using gist
        (int8range(batch * 1048576 + first, batch * 1048576 + first + codes) with &&)
);
create index voiding_of_batch on issuing.voiding (batch, first);

-- Who printed what; printing again needs a reason.
create table issuing.printing (
    id       uuid        primary key,
    batch    bigint      not null references issuing.batch,
    first    bigint      not null check (first >= 0),
    codes    bigint      not null check (codes between 1 and 2400),
    position integer     not null check (position between 1 and 24),
    right_mm numeric(3,1) not null check (right_mm between -9.9 and 9.9),
    down_mm  numeric(3,1) not null check (down_mm between -9.9 and 9.9),
    reason   text        check (reason is null or length(trim(reason)) between 1 and 500),
    by       uuid        not null,
    by_name  text        not null,
    at       timestamptz not null
);
create index printing_of_batch on issuing.printing (batch, at desc);

create function issuing.within_batch() returns trigger language plpgsql as $$
declare
    ordered bigint;
begin
    select codes into ordered from issuing.batch where number = new.batch;
    if new.first + new.codes > ordered then
        raise exception 'batch % has only % codes', new.batch, ordered
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger activation_within_batch before insert on issuing.activation
    for each row execute function issuing.within_batch();
create trigger voiding_within_batch before insert on issuing.voiding
    for each row execute function issuing.within_batch();
create trigger printing_within_batch before insert on issuing.printing
    for each row execute function issuing.within_batch();

create function issuing.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger activation_is_kept before update or delete or truncate on issuing.activation
    for each statement execute function issuing.refuse_change();
create trigger voiding_is_kept before update or delete or truncate on issuing.voiding
    for each statement execute function issuing.refuse_change();
create trigger printing_is_kept before update or delete or truncate on issuing.printing
    for each statement execute function issuing.refuse_change();

-- Of a batch nothing changes but how many codes are used, and that only grows.
create function issuing.only_use_grows() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
       or (new.number, new.party, new.product, new.licence, new.season, new.codes, new.ordered_by, new.ordered_at)
          is distinct from
          (old.number, old.party, old.product, old.licence, old.season, old.codes, old.ordered_by, old.ordered_at)
       or new.used < old.used then
        raise exception 'an ordered batch is not edited' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger batch_is_kept before update or delete on issuing.batch
    for each row execute function issuing.only_use_grows();
