create schema if not exists catalog;

-- Numbers of articles under the installation's GS1 prefix.
create sequence catalog.article maxvalue 99999;

create table catalog.product (
    id                      uuid          primary key,
    party                   uuid          not null,
    gtin                    text          not null unique check (gtin ~ '^[0-9]{14}$'),
    name                    text          not null check (length(trim(name)) between 1 and 80),
    name_en                 text          not null check (length(trim(name_en)) between 1 and 120),
    category                text          not null check (category ~ '^[a-z][a-z-]{1,39}$'),
    variety                 text,
    grade                   text          not null check (length(trim(grade)) between 1 and 20),
    pack_kg                 numeric(10,3) not null check (pack_kg > 0 and pack_kg <= 1000),
    pack                    text          not null check (length(trim(pack)) between 1 and 40),
    geographical_indication boolean       not null,
    registered_by           uuid          not null,
    registered_at           timestamptz   not null,
    unique (party, name)
);
create index product_of_party on catalog.product (party);
