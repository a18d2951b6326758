-- Our own acts and the captured events of others, as one EPCIS repository shows them. The key orders
-- them for paging: ours first, then captured ones, each as they were recorded.
create view trace.epcis_event as
select e.seq as key,
       null::bigint as captured,
       e.id as own,
       e.party as party,
       e.event_id, e.hash,
       false as declares_error,
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
