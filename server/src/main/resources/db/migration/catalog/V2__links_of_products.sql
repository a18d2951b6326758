-- Addresses outside the platform that the owner of a product registers. None is changed or removed:
-- a wrong one is withdrawn, and another takes its place.
create table catalog.product_link (
    id            uuid        primary key,
    product       uuid        not null references catalog.product,
    type          text        not null check (type ~ '^[A-Z][A-Z_]{1,49}$'),
    href          text        not null check (length(href) <= 500 and href ~ '^https://[a-z0-9.-]+\.[a-z][a-z0-9-]*[/?#][!-~]*$'),
    title         text        not null check (length(trim(title)) between 1 and 80),
    language      text        check (language ~ '^[a-z]{2}(-[A-Z]{2})?$'),
    media_type    text        not null check (media_type ~ '^[a-z]+/[a-z0-9][a-z0-9.+-]{0,70}$'),
    context       text        check (context ~ '^[A-Za-z0-9-]{1,20}$'),
    registered_by uuid        not null,
    registered_at timestamptz not null,
    withdrawn_by  uuid,
    withdrawn_at  timestamptz,
    check ((withdrawn_by is null) = (withdrawn_at is null))
);
create unique index product_link_once
    on catalog.product_link (product, type, href, coalesce(language, ''), media_type, coalesce(context, ''))
 where withdrawn_at is null;
create index product_link_of_product on catalog.product_link (product) where withdrawn_at is null;
