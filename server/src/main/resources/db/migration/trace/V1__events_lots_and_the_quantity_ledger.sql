create schema if not exists trace;

-- Every act on goods as one EPCIS 2.0 event: written once, never changed.
create table trace.event (
    seq         bigint      generated always as identity primary key,
    id          uuid        not null unique,
    event_id    text        not null unique,
    hash        text        not null,
    command     text        not null,
    event_time  timestamptz not null,
    record_time timestamptz not null,
    day         date        not null,
    party       uuid        not null,
    is_foreign  boolean     not null default false,
    balanced    boolean     not null default true,
    warnings    jsonb       not null default '[]',
    body        jsonb       not null
);
create index event_by_time on trace.event (event_time);
create index event_by_hash on trace.event (hash);

create table trace.lot (
    id         uuid          primary key,
    number     text          not null unique,
    kind       text          not null check (kind in
               ('HARVEST', 'MERGED', 'SORTED', 'PACKED', 'SPLIT', 'FOREIGN')),
    maker      uuid          not null,
    category   text          not null,
    variety    text          not null,
    grade      text          not null,
    product    uuid,
    kilograms  numeric(14,3) not null check (kilograms >= 0),
    packs      bigint        not null check (packs >= 0),
    day        date          not null,
    district   text          not null,
    epc_class  text          not null unique,
    event      uuid          not null references trace.event (id),
    made       bigint        generated always as identity
);
create index lot_by_maker on trace.lot (maker, made desc);
create index lot_by_district on trace.lot (district text_pattern_ops, made desc);

create table trace.event_lot (
    event uuid not null references trace.event (id),
    lot   uuid not null references trace.lot (id),
    primary key (lot, event)
);

-- Kilograms of the source that are in the target. The source is a lot, or a plot.
create table trace.edge (
    source    uuid          not null,
    target    uuid          not null references trace.lot (id),
    kilograms numeric(14,3) not null check (kilograms >= 0),
    step      text          not null,
    from_plot boolean       not null,
    event     uuid          not null references trace.event (id),
    primary key (source, target, event),
    check (source <> target)
);
create index edge_by_target on trace.edge (target);

create table trace.hold (
    id          bigint      generated always as identity primary key,
    lot         uuid        not null references trace.lot (id),
    reason      text        not null check (length(trim(reason)) > 0),
    by          text        not null,
    at          timestamptz not null,
    released_at timestamptz,
    released_by text
);
create unique index hold_once_for_a_reason on trace.hold (lot, reason) where released_at is null;

create table trace.shipment (
    id       uuid    primary key,
    number   text    not null unique,
    sender   uuid    not null,
    receiver uuid    not null,
    vehicle  text    not null,
    sent     date    not null,
    returns  uuid    references trace.shipment (id),
    received boolean not null default false
);
create index shipment_by_sender on trace.shipment (sender, sent desc);
create index shipment_by_receiver on trace.shipment (receiver, sent desc);

create table trace.shipment_part (
    shipment  uuid          not null references trace.shipment (id),
    lot       uuid          not null references trace.lot (id),
    kilograms numeric(14,3) not null check (kilograms > 0),
    packs     bigint        not null check (packs >= 0),
    primary key (shipment, lot)
);

create sequence trace.lot_number;
create sequence trace.shipment_number;

-- The quantity ledger. Only a SOURCE may go below zero: it is where things come into the world.
create table trace.account (
    id       bigint        generated always as identity primary key,
    key      text          not null unique,
    kind     text          not null check (kind in
             ('SOURCE', 'ALLOWANCE', 'HOLDING', 'TRANSIT', 'LOSS', 'WASTE', 'UNLABELLED', 'LABELLED',
              'PLAN', 'ORDERED')),
    unit     text          not null check (unit in ('KG', 'PACK', 'LABEL')),
    lot      uuid,
    party    uuid,
    shipment uuid,
    balance  numeric(16,3) not null default 0,
    constraint balance_never_below_zero check (kind = 'SOURCE' or balance >= 0)
);
create index account_by_lot on trace.account (lot);
create index account_by_party on trace.account (party) where kind = 'HOLDING';

create table trace.posting (
    id      bigint        generated always as identity primary key,
    act     uuid          not null,
    event   uuid          references trace.event (id),
    account bigint        not null references trace.account,
    amount  numeric(16,3) not null check (amount <> 0)
);
create index posting_by_act on trace.posting (act);
create index posting_by_account on trace.posting (account);

-- The balance of an account is the sum of its postings because nothing else can change it.
create function trace.post() returns trigger language plpgsql as $$
begin
    perform set_config('trace.posting', 'on', true);
    update trace.account set balance = balance + new.amount where id = new.account;
    perform set_config('trace.posting', 'off', true);
    return new;
end $$;
create trigger posting_moves_the_balance after insert on trace.posting
    for each row execute function trace.post();

create function trace.only_postings_move() returns trigger language plpgsql as $$
begin
    if new.balance <> old.balance and coalesce(current_setting('trace.posting', true), 'off') <> 'on' then
        raise exception 'a balance moves by postings only' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger balance_moves_by_postings before update on trace.account
    for each row execute function trace.only_postings_move();

-- Double entry: what one account loses another gains, in every act and unit.
create function trace.acts_sum_to_zero() returns trigger language plpgsql as $$
begin
    if exists (select 1 from trace.posting p join trace.account a on a.id = p.account
                where p.act = new.act group by a.unit having sum(p.amount) <> 0) then
        raise exception 'the postings of act % do not sum to zero', new.act
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create constraint trigger acts_balance after insert on trace.posting
    deferrable initially deferred for each row execute function trace.acts_sum_to_zero();

-- Which labels are on which lot. Ranges never overlap: batch * 2^32 + serial is the whole axis.
create table trace.label_range (
    codes int8range   not null,
    batch bigint      not null,
    first bigint      not null check (first >= 0),
    count bigint      not null check (count > 0),
    lot   uuid        not null references trace.lot (id),
    event uuid        not null references trace.event (id),
    at    timestamptz not null,
    primary key (batch, first),
    constraint a_label_is_on_one_lot exclude using gist (codes with &&)
);
create index label_range_by_lot on trace.label_range (lot);

create table trace.refusal (
    id       bigint      generated always as identity primary key,
    party    uuid,
    district text        not null,
    rule     text        not null,
    text     text        not null,
    subject  text        not null,
    at       timestamptz not null
);

create function trace.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger event_is_kept before update or delete or truncate on trace.event
    for each statement execute function trace.refuse_change();
create trigger posting_is_kept before update or delete or truncate on trace.posting
    for each statement execute function trace.refuse_change();
create trigger edge_is_kept before update or delete or truncate on trace.edge
    for each statement execute function trace.refuse_change();
create trigger lot_is_kept before update or delete or truncate on trace.lot
    for each statement execute function trace.refuse_change();
create trigger label_range_is_kept before update or delete or truncate on trace.label_range
    for each statement execute function trace.refuse_change();
create trigger refusal_is_kept before update or delete or truncate on trace.refusal
    for each statement execute function trace.refuse_change();
