-- When a code was sold to a shopper, as the shop's till told: scans by a crowd after that are a sign of
-- copies. The first record stays.
create table scan.sale (
    batch   bigint      not null,
    serial  bigint      not null,
    sold_at timestamptz not null,
    party   uuid        not null,
    primary key (batch, serial)
);
