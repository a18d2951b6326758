-- Cases of boxes and pallets of cases, each under an SSCC. What is in them are ranges of codes.
create sequence issuing.sscc_reference as bigint;

create table issuing.logistic_unit (
    sscc     text        primary key check (sscc ~ '^[0-9]{18}$'),
    kind     text        not null check (kind in ('CASE', 'PALLET')),
    party    uuid        not null,
    by       uuid        not null,
    by_name  text        not null,
    at       timestamptz not null,
    unpacked timestamptz,
    because  text        check (length(trim(because)) between 1 and 500),
    check ((unpacked is null) = (because is null))
);
create index logistic_unit_of_party on issuing.logistic_unit (party, at desc);

create table issuing.case_content (
    id       bigint      generated always as identity primary key,
    sscc     text        not null references issuing.logistic_unit,
    batch    bigint      not null references issuing.batch,
    first    bigint      not null check (first >= 0),
    codes    bigint      not null check (codes > 0),
    lot      uuid        not null,
    out_at   timestamptz,
    -- a box is in one case at a time
    constraint a_box_is_in_one_case exclude using gist
        (int8range(batch * 4294967296 + first, batch * 4294967296 + first + codes) with &&)
        where (out_at is null)
);
create index case_content_of_unit on issuing.case_content (sscc);
create trigger content_within_batch before insert on issuing.case_content
    for each row execute function issuing.within_batch();

create table issuing.on_pallet (
    id     bigint      generated always as identity primary key,
    pallet text        not null references issuing.logistic_unit,
    item   text        not null references issuing.logistic_unit,
    since  timestamptz not null,
    until  timestamptz,
    check (pallet <> item)
);
create index on_pallet_by_pallet on issuing.on_pallet (pallet);
create unique index a_case_is_on_one_pallet on issuing.on_pallet (item) where until is null;

-- Nothing changes but that something is taken out, once.
create function issuing.only_taken_out() returns trigger language plpgsql as $$
declare
    before jsonb := to_jsonb(old) - tg_argv[0] - 'because';
    after  jsonb := to_jsonb(new) - tg_argv[0] - 'because';
begin
    if before <> after or to_jsonb(old) ->> tg_argv[0] is not null then
        raise exception '% is only closed, once', tg_table_name using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger unit_is_only_unpacked before update on issuing.logistic_unit
    for each row execute function issuing.only_taken_out('unpacked');
create trigger content_is_only_taken_out before update on issuing.case_content
    for each row execute function issuing.only_taken_out('out_at');
create trigger case_is_only_taken_off before update on issuing.on_pallet
    for each row execute function issuing.only_taken_out('until');
create trigger unit_is_kept before delete or truncate on issuing.logistic_unit
    for each statement execute function issuing.refuse_change();
create trigger content_is_kept before delete or truncate on issuing.case_content
    for each statement execute function issuing.refuse_change();
create trigger on_pallet_is_kept before delete or truncate on issuing.on_pallet
    for each statement execute function issuing.refuse_change();
