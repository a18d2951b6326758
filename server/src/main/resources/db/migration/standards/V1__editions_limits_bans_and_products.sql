create schema if not exists standards;

create table standards.edition (
    number         text primary key check (number <> ''),
    series         text not null,
    title          text not null,
    effective_from date not null,
    effective_to   date check (effective_to >= effective_from),
    demo           boolean not null
);

create table standards.clause (
    edition    text not null references standards.edition,
    category   text not null,
    substance  text not null check (substance <> ''),
    kind       text not null check (kind in ('AT_MOST', 'AT_LEAST', 'BETWEEN', 'ABSENT')),
    low        numeric check (low >= 0),
    high       numeric check (high >= 0),
    unit       text not null check (unit in ('mg/kg', 'µg/kg', '%')),
    confidence text not null check (confidence in ('confirmed', 'inferred', 'unverified', 'fictional')),
    primary key (edition, category, substance),
    check (case kind when 'AT_MOST' then high is not null and low is null
                     when 'AT_LEAST' then low is not null and high is null
                     when 'BETWEEN' then low <= high
                     else low is null end)
);

create table standards.residue (
    definition text     not null,
    member     text     not null,
    position   smallint not null,
    primary key (definition, member)
);

create table standards.ban (
    substance       text not null,
    scope           text not null,
    prohibited_from date not null,
    source          text not null,
    primary key (substance, scope, prohibited_from)
);

create table standards.product (
    name     text primary key,
    target   text    not null,
    dose     text    not null,
    phi_days integer not null check (phi_days >= 0),
    max_uses integer not null check (max_uses > 0),
    verified boolean not null
);

create table standards.product_substance (
    product   text     not null references standards.product,
    position  smallint not null,
    substance text     not null,
    primary key (product, position)
);

-- The brand's own standards: for a category, the series whose editions it adopts.
create table standards.brand_standard (
    number         text primary key,
    title          text not null,
    category       text not null,
    version        integer not null check (version > 0),
    effective_from date not null,
    effective_to   date check (effective_to >= effective_from)
);

create table standards.adoption (
    brand_standard text     not null references standards.brand_standard,
    position       smallint not null,
    series         text     not null,
    primary key (brand_standard, series)
);

-- What was told to the other rooms, so that it is told once.
create table standards.announced (
    kind    text not null check (kind in ('EDITION', 'BAN')),
    subject text not null,
    day     date not null,
    primary key (kind, subject, day)
);

-- Changes with every load: readers keep the whole library in memory until it does.
create table standards.revision (
    only_one boolean primary key default true check (only_one),
    value    uuid not null
);

insert into standards.revision (value) values (gen_random_uuid());

create function standards.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'an edition is not changed: publish another one'
        using errcode = 'integrity_constraint_violation';
end $$;

create trigger clause_is_kept before update or delete or truncate on standards.clause
    for each statement execute function standards.refuse_change();

create trigger ban_is_kept before update or delete or truncate on standards.ban
    for each statement execute function standards.refuse_change();
