-- Who took the codes of a batch away, when, which bytes of which file, and how far it came. The
-- file itself is made anew each time.
create table issuing.download (
    id      uuid        primary key,
    batch   bigint      not null references issuing.batch,
    format  text        not null check (format in ('TXT', 'CSV', 'ADDRESSES')),
    whole   bigint      not null check (whole > 0),
    begin_at bigint     not null check (begin_at >= 0),
    end_at  bigint      not null,
    sent    bigint      not null default 0,
    by      uuid        not null,
    by_name text        not null,
    at      timestamptz not null,
    ended   timestamptz,
    constraint within_the_file check (begin_at < end_at and end_at <= whole),
    constraint no_more_than_asked check (sent between 0 and end_at - begin_at)
);
create index download_of_batch on issuing.download (batch, at desc);

create function issuing.only_sending_grows() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
       or to_jsonb(new) - 'sent' - 'ended' is distinct from to_jsonb(old) - 'sent' - 'ended'
       or new.sent < old.sent or old.ended is not null then
        raise exception 'a download is not edited' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger download_is_kept before update or delete on issuing.download
    for each row execute function issuing.only_sending_grows();
