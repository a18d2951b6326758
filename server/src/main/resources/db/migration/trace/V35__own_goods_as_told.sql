-- An act on our goods may be told by somebody's own system, under an id of its own; an error declaration
-- repeats the event with its id and takes its postings back.
alter table trace.event drop constraint event_event_id_key;
create unique index event_one_per_id on trace.event (event_id, (command = 'reverse'));

-- Events that were declared wrong, and the declarations. Their postings stand in the ledger once more,
-- with the opposite sign; their links lead nowhere any more.
create table trace.reversal (
    event uuid primary key references trace.event (id),
    by    uuid not null unique references trace.event (id)
);
create trigger reversal_is_kept before update or delete or truncate on trace.reversal
    for each statement execute function trace.refuse_change();

-- A shipment whose sending was declared wrong is on nobody's way.
alter table trace.shipment add column withdrawn boolean not null default false;

create or replace view trace.epcis_event as
select e.seq as key,
       null::bigint as captured,
       e.id as own,
       e.party as party,
       e.event_id, e.hash,
       e.command = 'reverse' as declares_error,
       e.body ->> 'type' as type,
       e.body ->> 'action' as action,
       e.event_time, e.record_time,
       case when e.body ->> 'bizStep' like '%:%' then e.body ->> 'bizStep'
            else 'https://ref.gs1.org/cbv/BizStep-' || (e.body ->> 'bizStep') end as biz_step,
       (e.body - '@context')::text as body,
       coalesce(e.body -> '@context', '[]')::text as context,
       not e.balanced as unbalanced
  from trace.event e
union all
select 1000000000000000 + c.seq, c.seq, null::uuid, null::uuid, c.event_id, c.hash, c.declares_error,
       c.type, c.action, c.event_time, c.record_time, c.biz_step, c.body, c.context, c.unbalanced
  from trace.captured_event c;
