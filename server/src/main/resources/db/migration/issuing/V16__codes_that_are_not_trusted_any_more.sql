-- Codes that an authority does not trust any more, whoever's they are: all of a key version, of a
-- batch, or of a range of one. Ranges may overlap.
create table issuing.revocation (
    id          uuid        primary key,
    key_version integer     not null check (key_version between 0 and 15),
    first_index bigint      not null check (first_index >= 0),
    codes       bigint      not null check (codes > 0),
    batch       bigint      references issuing.batch,
    reason      text        not null check (length(trim(reason)) between 1 and 500),
    by          uuid        not null,
    by_name     text        not null,
    at          timestamptz not null,
    news        bigint      not null,
    constraint indices_of_a_version check (first_index + codes <= 2147483648),
    constraint a_version_is_revoked_as_a_whole
        check (batch is not null or (first_index = 0 and codes = 2147483648))
);
create trigger revocation_is_kept before update or delete or truncate on issuing.revocation
    for each statement execute function issuing.refuse_change();

-- Every voiding and revocation has a number; numbers become visible in their order, because the
-- row is locked until the transaction ends. So whoever has read up to a number has missed nothing.
create table issuing.news (
    one    boolean primary key default true check (one),
    number bigint  not null
);
insert into issuing.news (number) values (0);
alter table issuing.voiding add column news bigint not null default 0;
create index voiding_by_news on issuing.voiding (news);
create function issuing.number_news() returns trigger language plpgsql as $$
begin
    update issuing.news set number = number + 1 returning number into new.news;
    return new;
end $$;
create trigger voiding_is_news before insert on issuing.voiding
    for each row execute function issuing.number_news();
create trigger revocation_is_news before insert on issuing.revocation
    for each row execute function issuing.number_news();
