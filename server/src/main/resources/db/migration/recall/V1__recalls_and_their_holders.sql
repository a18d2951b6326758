create schema if not exists recall;

create sequence recall.number;

create table recall.recall (
    id           uuid          primary key,
    number       text          not null unique,
    lot          uuid          not null,
    reason       text          not null check (length(trim(reason)) between 1 and 1000),
    level        text          not null check (level in ('ONE', 'TWO', 'THREE')),
    report       uuid,
    party        uuid          not null,
    district     text          not null,
    published_at timestamptz   not null,
    published_by text          not null,
    kilograms    numeric(14,3) not null check (kilograms >= 0),
    packs        bigint        not null check (packs >= 0),
    codes        bigint        not null check (codes >= 0),
    closed_at    timestamptz,
    closed_by    text,
    conclusion   text,
    check ((closed_at is null) = (conclusion is null))
);

-- A lot is recalled once at a time: two officers who press the button together publish one recall.
create unique index one_open_recall_of_a_lot on recall.recall (lot) where closed_at is null;

create table recall.reached (
    recall uuid not null references recall.recall,
    lot    uuid not null,
    primary key (recall, lot)
);
create index reached_by_lot on recall.reached (lot);

create table recall.holder (
    recall      uuid          not null references recall.recall,
    party       uuid          not null,
    kilograms   numeric(14,3) not null check (kilograms >= 0),
    packs       bigint        not null check (packs >= 0),
    notified_at timestamptz,
    notified_by text,
    recovered   numeric(14,3) not null default 0,
    primary key (recall, party),
    check (recovered between 0 and kilograms)
);

-- What came back, entry by entry; never edited.
create table recall.recovery (
    id        bigint        generated always as identity primary key,
    recall    uuid          not null,
    party     uuid          not null,
    kilograms numeric(14,3) not null check (kilograms > 0),
    note      text          not null,
    at        timestamptz   not null,
    by        text          not null,
    foreign key (recall, party) references recall.holder
);

create function recall.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger recovery_is_kept before update or delete or truncate on recall.recovery
    for each statement execute function recall.refuse_change();
create trigger reach_is_kept before update or delete or truncate on recall.reached
    for each statement execute function recall.refuse_change();
