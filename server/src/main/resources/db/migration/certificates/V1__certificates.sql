create schema if not exists certificates;

create sequence certificates.number;

-- 承诺达标合格证 under order 4/2025: what it said when it was issued, for ever.
create table certificates.certificate (
    id        uuid          primary key,
    number    text          not null unique,
    lot       uuid          not null,
    party     uuid          not null,
    product   text          not null,
    kilograms numeric(14,3) not null check (kilograms > 0),
    origin    text          not null,
    day       date          not null,
    committer text          not null,
    phone     text          not null,
    basis     text[]        not null check (cardinality(basis) > 0 and basis <@
              array['QUALITY_CONTROL', 'SELF_TEST', 'TESTED']),
    report    uuid,
    issued_by uuid          not null,
    issued_at timestamptz   not null,
    check (not ('TESTED' = any (basis)) or report is not null)
);
create index certificate_of_party on certificates.certificate (party, issued_at desc);
create index certificate_of_lot on certificates.certificate (lot);

create table certificates.revocation (
    certificate uuid        primary key references certificates.certificate,
    reason      text        not null check (length(trim(reason)) > 0),
    by          uuid        not null,
    at          timestamptz not null
);

-- A lot has one valid certificate. The row is taken when it is issued and given back when it is revoked.
create table certificates.valid (
    lot         uuid primary key,
    certificate uuid not null unique references certificates.certificate
);

create table certificates.refusal (
    id   bigint      generated always as identity primary key,
    lot  uuid        not null,
    rule text        not null,
    text text        not null,
    by   uuid        not null,
    at   timestamptz not null
);

create function certificates.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger certificate_is_kept before update or delete or truncate on certificates.certificate
    for each statement execute function certificates.refuse_change();
create trigger revocation_is_kept before update or delete or truncate on certificates.revocation
    for each statement execute function certificates.refuse_change();
create trigger refusal_is_kept before update or delete or truncate on certificates.refusal
    for each statement execute function certificates.refuse_change();
