-- Page tokens say where a page begins and hold nothing here; those that were given back before their time
-- no longer count, on any node. Kept until they would have expired.
create table trace.page_token_ended (
    digest text        primary key,
    until  timestamptz not null
);
create index page_token_ended_until on trace.page_token_ended (until);
