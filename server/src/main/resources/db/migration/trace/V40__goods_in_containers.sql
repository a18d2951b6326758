-- Events of ours that name single things: containers that our goods were put into, what they were put
-- into in turn, and what was told of them by their number alone.
create table trace.container_event (
    event uuid        not null references trace.event (id),
    thing text        not null,
    at    timestamptz not null,
    primary key (event, thing)
);
create index container_event_thing on trace.container_event (thing, at);
create trigger container_event_is_kept before update or delete or truncate on trace.container_event
    for each statement execute function trace.refuse_change();

-- What followed for the goods inside: a shipment by the number of a pallet is an act on the lots in it.
-- The act is an event of its own and names the event that told it.
create table trace.container_act (
    event    uuid primary key references trace.event (id),
    told_by  text not null,
    shipment uuid not null
);
create index container_act_told_by on trace.container_act (told_by);
create trigger container_act_is_kept before update or delete or truncate on trace.container_act
    for each statement execute function trace.refuse_change();
