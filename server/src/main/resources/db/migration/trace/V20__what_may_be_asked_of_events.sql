-- Events whose facts are still to be drawn, written in the transaction that keeps the event: none is
-- forgotten, whoever writes it.
create table trace.undrawn (
    id       bigint generated always as identity primary key,
    own      bigint,
    captured bigint,
    check (num_nonnulls(own, captured) = 1)
);

create function trace.own_event_is_undrawn() returns trigger language plpgsql as $$
begin
    insert into trace.undrawn (own) select seq from fresh order by seq;
    return null;
end $$;
create trigger event_is_undrawn after insert on trace.event
    referencing new table as fresh for each statement execute function trace.own_event_is_undrawn();

create function trace.captured_event_is_undrawn() returns trigger language plpgsql as $$
begin
    insert into trace.undrawn (captured) select seq from fresh order by seq;
    return null;
end $$;
create trigger captured_event_is_undrawn after insert on trace.captured_event
    referencing new table as fresh for each statement
    execute function trace.captured_event_is_undrawn();

-- Another party that hands the same event in may see it from then on. Who hands in a new event is found
-- with the event itself, in the same transaction.
create function trace.captured_for_is_undrawn() returns trigger language plpgsql as $$
begin
    insert into trace.undrawn (captured)
    select distinct f.event from fresh f join trace.captured_event c on c.seq = f.event
     where c.xmin <> pg_current_xact_id()::xid;
    return null;
end $$;
create trigger captured_for_is_undrawn after insert on trace.captured_for
    referencing new table as fresh for each statement
    execute function trace.captured_for_is_undrawn();

insert into trace.undrawn (own) select seq from trace.event order by seq;
insert into trace.undrawn (captured) select seq from trace.captured_event order by seq;

-- What may be asked of an event, in the order in which it became visible: positions are given one at a
-- time, so whoever has read up to one has missed nothing before it.
create table trace.event_facts (
    position       bigint      generated always as identity primary key,
    own            bigint      unique references trace.event (seq),
    captured       bigint      unique references trace.captured_event (seq),
    event_id       text        not null,
    hash           text        not null,
    declares_error boolean     not null,
    event_time     timestamptz not null,
    record_time    timestamptz not null,
    partners       uuid[]      not null,
    shown          uuid[]      not null,
    districts      text[]      not null,
    words          text[]      not null,
    numbers        jsonb       not null,
    times          jsonb       not null,
    check (num_nonnulls(own, captured) = 1)
);
create index event_facts_words on trace.event_facts using gin (words);
create index event_facts_shown on trace.event_facts using gin (shown);
create index event_facts_districts on trace.event_facts using gin (districts);
create index event_facts_event_time on trace.event_facts (event_time, position);
create index event_facts_record_time on trace.event_facts (record_time, position);
create index event_facts_event_id on trace.event_facts (event_id);
create index event_facts_hash on trace.event_facts (hash);

-- Values that some event bears, for the collections of the REST interface.
create table trace.event_value (
    kind  text not null,
    value text not null,
    primary key (kind, value)
);

-- Master data from the headers of captured documents: what lies below what, and attributes.
create table trace.master_child (
    by     uuid not null,
    parent text not null,
    child  text not null,
    primary key (by, parent, child)
);
create index master_child_parent on trace.master_child (parent);
create table trace.master_attribute (
    by    uuid not null,
    id    text not null,
    name  text not null,
    value text not null,
    primary key (by, id, name)
);
create index master_attribute_name on trace.master_attribute (name);

-- Queries that somebody named, and who wants to hear of what is new.
create table trace.named_query (
    id         uuid        primary key,
    owner      uuid        not null,
    account    uuid        not null,
    name       text        not null check (length(name) between 1 and 200),
    definition text        not null,
    made       bigint      generated always as identity,
    created_at timestamptz not null,
    unique (owner, name)
);

create table trace.subscription (
    id               uuid        primary key,
    query            uuid        not null references trace.named_query (id) on delete cascade,
    account          uuid        not null,
    visitor          text        not null,
    dest             text        not null,
    secret           text,
    stream           boolean     not null,
    schedule         text        not null,
    report_if_empty  boolean     not null,
    epc_format       text        not null,
    initial_time     timestamptz not null,
    min_record_time  timestamptz not null,
    position         bigint      not null,
    batch            integer     not null check (batch > 0),
    created_at       timestamptz not null,
    next_at          timestamptz not null,
    claimed_until    timestamptz,
    failures         integer     not null default 0,
    last_failure     text,
    last_notified_at timestamptz
);
create index subscription_due on trace.subscription (next_at);
create index subscription_of_query on trace.subscription (query, created_at);
