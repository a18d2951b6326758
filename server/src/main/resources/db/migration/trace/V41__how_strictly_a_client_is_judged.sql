-- How strictly the documents of an account's systems are judged, as its owner or the operator chose.
-- The last choice counts; a choice of null goes back to the setting of the platform.
create table trace.strictness_choice (
    seq     bigint      generated always as identity primary key,
    account uuid        not null,
    profile text        check (profile in ('LENIENT', 'NORMAL', 'STRICT')),
    by      uuid        not null,
    at      timestamptz not null
);
create index strictness_choice_account on trace.strictness_choice (account, seq);
create trigger strictness_choice_is_kept before update or delete or truncate on trace.strictness_choice
    for each statement execute function trace.refuse_change();
