create schema if not exists trace;

-- One POST of an EPCIS document and what became of it.
create table trace.capture_job (
    id          uuid        primary key,
    created_at  timestamptz not null,
    finished_at timestamptz not null check (finished_at >= created_at),
    behaviour   text        not null check (behaviour in ('rollback', 'proceed')),
    success     boolean     not null,
    captured    integer     not null check (captured >= 0),
    repeated    integer     not null check (repeated >= 0),
    unbalanced  integer     not null check (unbalanced >= 0),
    errors      text        not null,
    warnings    text        not null,
    account     uuid        not null,
    party       uuid
);
create index capture_job_newest on trace.capture_job (created_at desc, id);

-- Events of others, as they came. Kept even when they do not balance, and then marked.
create table trace.captured_event (
    seq            bigint      generated always as identity primary key,
    event_id       text        not null,
    hash           text        not null check (hash like 'ni:///sha-256;%?ver=CBV2.0'),
    declares_error boolean     not null,
    contested      boolean     not null,
    type           text        not null,
    action         text,
    event_time     timestamptz not null,
    record_time    timestamptz not null,
    biz_step       text,
    disposition    text,
    read_point     text,
    biz_location   text,
    body           text        not null,
    context        text        not null,
    job            uuid        not null,
    unbalanced     boolean     not null,
    warnings       text        not null,
    unique (hash, declares_error)
);
create unique index captured_event_one_per_id on trace.captured_event (event_id)
    where not contested and not declares_error;
create index captured_event_of_id on trace.captured_event (event_id);
create index captured_event_time on trace.captured_event (event_time);

-- Which parties handed an event in; officials see all.
create table trace.captured_for (
    event bigint not null references trace.captured_event,
    party uuid   not null,
    primary key (event, party)
);
create index captured_for_party on trace.captured_for (party, event);

-- A lot, a thing or a container known from captured events, by its canonical identifier.
create table trace.foreign_lot (
    id     uuid    primary key,
    name   text    not null unique,
    number text    not null,
    class  boolean not null
);
create index foreign_lot_number on trace.foreign_lot (number);

create table trace.captured_name (
    event bigint  not null references trace.captured_event,
    name  text    not null,
    class boolean not null,
    primary key (event, name, class)
);
create index captured_name_name on trace.captured_name (name, class);

create table trace.captured_link (
    event  bigint  not null references trace.captured_event,
    source text    not null,
    target text    not null,
    packed boolean not null,
    primary key (event, source, target)
);
create index captured_link_source on trace.captured_link (source);
create index captured_link_target on trace.captured_link (target);

-- What an event made and used; an error declaration takes back what it declares wrong.
create table trace.captured_movement (
    event bigint  not null references trace.captured_event,
    line  integer not null,
    what  text    not null,
    unit  text    not null,
    made  numeric not null,
    used  numeric not null,
    added boolean not null,
    primary key (event, line)
);
create index captured_movement_what on trace.captured_movement (what);

create function trace.captured_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'captured events are never changed or deleted';
end $$;
create trigger captured_event_is_final before update or delete on trace.captured_event
    for each row execute function trace.captured_is_final();
create trigger captured_name_is_final before update or delete on trace.captured_name
    for each row execute function trace.captured_is_final();
create trigger captured_link_is_final before update or delete on trace.captured_link
    for each row execute function trace.captured_is_final();
create trigger captured_movement_is_final before update or delete on trace.captured_movement
    for each row execute function trace.captured_is_final();
