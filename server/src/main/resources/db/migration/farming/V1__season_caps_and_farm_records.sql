create schema if not exists farming;

-- Every agreement is kept; the newest counts.
create table farming.agreed_yield (
    id         bigint        generated always as identity primary key,
    plot       uuid          not null,
    season     integer       not null check (season between 2020 and 2100),
    kg_per_mu  numeric(10,3) not null check (kg_per_mu > 0 and kg_per_mu <= 10000),
    area_mu    numeric(12,3) not null check (area_mu > 0),
    kilograms  numeric(14,3) not null check (kilograms > 0),
    agreed_by  text          not null,
    agreed_at  timestamptz   not null
);
create index agreed_yield_of_plot on farming.agreed_yield (plot, season, id desc);

-- Kept at least two years; a correction is a new record that points to the old one.
create table farming.record (
    id           uuid        primary key,
    plot         uuid        not null,
    activity     text        not null check (activity in
                 ('SPRAYING', 'FERTILISING', 'IRRIGATION', 'PRUNING', 'OTHER')),
    day          date        not null,
    product      text,
    substances   text[]      not null default '{}',
    dose         text,
    person       text        not null,
    note         text        not null,
    harvest_from date,
    corrects     uuid        unique references farming.record,
    reason       text,
    written_by   uuid        not null,
    written_at   timestamptz not null,
    check (activity <> 'SPRAYING' or (product is not null and dose is not null and harvest_from is not null)),
    check ((corrects is null) = (reason is null))
);
create index record_of_plot on farming.record (plot, day desc);

create table farming.refusal (
    id      bigint      generated always as identity primary key,
    plot    uuid        not null,
    rule    text        not null,
    text    text        not null,
    by      uuid        not null,
    at      timestamptz not null
);

create function farming.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger record_is_kept before update or delete or truncate on farming.record
    for each statement execute function farming.refuse_change();
create trigger agreed_yield_is_kept before update or delete or truncate on farming.agreed_yield
    for each statement execute function farming.refuse_change();
create trigger refusal_is_kept before update or delete or truncate on farming.refusal
    for each statement execute function farming.refuse_change();
