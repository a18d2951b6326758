-- Captured events are written in groups by COPY: narrow rows, numbers instead of repeated identifiers,
-- one row per thing or amount that an event names. What was a table before is a view of the same name.

alter table trace.foreign_lot add column n bigint generated always as identity;
alter table trace.foreign_lot add constraint foreign_lot_n unique (n);

-- role: 0 seen; 1 input of 2 output; 3 put into 4 container; 5 taken out of 6 container; 7 put into
-- 8 returnable asset, which links nothing. unit, made and used are null where no amount was made or used.
-- Rows follow from the body of their event alone; ./xinyuan verify derives them again.
create table trace.captured_mention (
    event bigint   not null,
    line  integer  not null,
    lot   bigint   not null,
    class boolean  not null,
    role  smallint not null check (role between 0 and 8),
    added boolean  not null,
    unit  text,
    made  numeric,
    used  numeric,
    check ((unit is null) = (made is null) and (unit is null) = (used is null)),
    primary key (event, line)
);

insert into trace.captured_mention (event, line, lot, class, role, added, unit, made, used)
select event, row_number() over (partition by event order by kind, line, lot) - 1,
       lot, class, role, added, unit, made, used
  from (select n.event, 0 as kind, 0 as line, l.n as lot, n.class, 0 as role, false as added,
               null::text as unit, null::numeric as made, null::numeric as used
          from trace.captured_name n join trace.foreign_lot l on l.name = n.name
        union all
        select distinct k.event, 1, 0, l.n, l.class, case when k.packed then 3 else 1 end, false,
               null::text, null::numeric, null::numeric
          from trace.captured_link k join trace.foreign_lot l on l.name = k.source
        union all
        select distinct k.event, 2, 0, l.n, l.class, case when k.packed then 4 else 2 end, false,
               null::text, null::numeric, null::numeric
          from trace.captured_link k join trace.foreign_lot l on l.name = k.target
        union all
        select m.event, 3, m.line, l.n, true, 0, m.added, m.unit, m.made, m.used
          from trace.captured_movement m join trace.foreign_lot l on l.name = m.what) each_line;

create index captured_mention_lot on trace.captured_mention (lot);

drop table trace.captured_name;
drop table trace.captured_link;
drop table trace.captured_movement;

create view trace.captured_name as
select m.event, l.name, m.class
  from trace.captured_mention m join trace.foreign_lot l on l.n = m.lot;

create view trace.captured_link as
select i.event, s.name as source, t.name as target, i.role = 3 as packed
  from trace.captured_mention i
  join trace.captured_mention o on o.event = i.event and o.role = i.role + 1
  join trace.foreign_lot s on s.n = i.lot
  join trace.foreign_lot t on t.n = o.lot
 where i.role in (1, 3);

create view trace.captured_movement as
select m.event, m.line, l.name as what, m.unit, m.made, m.used, m.added
  from trace.captured_mention m join trace.foreign_lot l on l.n = m.lot
 where m.unit is not null;

create trigger captured_mention_is_final before update or delete or truncate on trace.captured_mention
    for each statement execute function trace.captured_is_final();
drop trigger captured_event_is_final on trace.captured_event;
create trigger captured_event_is_final before update or delete or truncate on trace.captured_event
    for each statement execute function trace.captured_is_final();

-- One event under an id; further accounts of the same happening and error declarations are told
-- apart by their own number. The one index finds all of them.
drop index trace.captured_event_one_per_id;
drop index trace.captured_event_of_id;
create unique index captured_event_id on trace.captured_event
    (event_id, (case when contested or declares_error then seq else 0 end));

alter table trace.captured_for drop constraint captured_for_event_fkey;

-- When something was in a container. An interval ends with the first later event that takes the thing,
-- or everything, out; it is cut anew when an older event arrives late. Events declared wrong say nothing.
create view trace.containment as
select c.lot as container, i.lot as content, e.event_time as since, u.at as until,
       i.event as put_in, u.event as taken_out
  from trace.captured_mention i
  join trace.captured_mention c on c.event = i.event and c.role = i.role + 1
  join trace.captured_event e on e.seq = i.event
  left join lateral (
      select oe.event_time as at, oe.seq as event
        from trace.captured_mention oc
        join trace.captured_event oe on oe.seq = oc.event
       where oc.lot = c.lot and oc.role = 6 and not oe.declares_error
         and oe.event_time >= e.event_time and oe.seq <> i.event
         and not exists (select 1 from trace.captured_event d
                          where d.hash = oe.hash and d.declares_error)
         and (exists (select 1 from trace.captured_mention oi
                       where oi.event = oc.event and oi.role = 5 and oi.lot = i.lot)
              or not exists (select 1 from trace.captured_mention oi
                              where oi.event = oc.event and oi.role = 5))
       order by oe.event_time, oe.seq limit 1) u on true
 where i.role in (3, 7) and e.action = 'ADD' and not e.declares_error
   and not exists (select 1 from trace.captured_event d where d.hash = e.hash and d.declares_error);

-- A job is visible as soon as its document was received.
alter table trace.capture_job alter column finished_at drop not null;
