create schema if not exists parties;

create table parties.party (
    id            uuid        primary key,
    kind          text        not null check (kind in
                  ('COOPERATIVE','ENTERPRISE','FARMER','RETAILER','LABORATORY','AUTHORITY','ASSOCIATION')),
    name          text        not null check (length(trim(name)) between 1 and 100),
    name_en       text        not null,
    -- GB 32100-2015; individual farmers have none.
    credit_code   text        unique check (credit_code ~ '^[0-9A-HJ-NP-RTUWXY]{18}$'),
    gln           text        not null unique check (gln ~ '^[0-9]{13}$'),
    district      text        not null check (district ~ '^[0-9]{6}([0-9]{3})?$'),
    contact       text        not null,
    phone         text        not null,
    registered_at timestamptz not null,
    registered_by uuid        not null,
    constraint firms_have_a_credit_code check (kind = 'FARMER' or credit_code is not null)
);
create unique index firm_names on parties.party (name) where kind <> 'FARMER';
create index party_by_district on parties.party (district);

create sequence parties.gln_serial maxvalue 999999999;

create table parties.base (
    id       uuid primary key,
    party    uuid not null references parties.party,
    name     text not null check (length(trim(name)) between 1 and 60),
    district text not null,
    unique (party, name)
);

create table parties.plot (
    id       uuid           primary key,
    base     uuid           not null references parties.base,
    number   text           not null check (length(trim(number)) between 1 and 40),
    party    uuid           not null references parties.party,
    farmer   uuid           references parties.party,
    area_mu  numeric(10, 3) not null check (area_mu > 0 and area_mu <= 100000),
    crop     text           not null,
    variety  text           not null,
    district text           not null,
    unique (party, number)
);
create index plot_of_base on parties.plot (base);
create index plot_of_farmer on parties.plot (farmer);

create table parties.member (
    cooperative uuid        not null references parties.party,
    farmer      uuid        not null references parties.party,
    since       timestamptz not null,
    primary key (cooperative, farmer),
    check (cooperative <> farmer)
);
create index member_of on parties.member (farmer);
