-- On-site checks and experts' opinions. The clauses are copied when a visit is opened, answered once, and then kept.
create table licensing.visit (
    id           uuid        primary key,
    application  uuid        not null references licensing.application,
    round        integer     not null check (round > 0),
    scheme       text        not null,
    opened_at    timestamptz not null,
    inspector    text,
    host         text,
    concluded_by uuid,
    concluded_at timestamptz,
    -- The journal holds only a hash of salt, findings and names.
    salt         text,
    unique (application, round),
    check (num_nonnulls(inspector, host, concluded_by, concluded_at, salt) in (0, 5)),
    check (inspector <> host)
);
create unique index one_open_visit on licensing.visit (application) where concluded_at is null;

create table licensing.finding (
    visit    uuid    not null references licensing.visit,
    position integer not null check (position > 0),
    clause   text    not null,
    part     text    not null,
    wording  text    not null,
    answer   text    check (answer in ('MET','UNMET','NOT_APPLICABLE')),
    note     text    not null default '',
    primary key (visit, position),
    unique (visit, clause),
    check (answer is null or answer = 'MET' or note <> '')
);

create function licensing.keep_visit() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or old.concluded_at is not null then
        raise exception 'a concluded visit is kept' using errcode = 'integrity_constraint_violation';
    end if;
    if new.concluded_at is not null
            and exists (select from licensing.finding f where f.visit = new.id and f.answer is null) then
        raise exception 'a visit is concluded with every clause answered'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger visit_is_kept before update or delete on licensing.visit
    for each row execute function licensing.keep_visit();

create function licensing.keep_finding() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
            or exists (select from licensing.visit v where v.id = new.visit and v.concluded_at is not null) then
        raise exception 'findings of a concluded visit are kept' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger finding_is_kept before insert or update or delete on licensing.finding
    for each row execute function licensing.keep_finding();

-- No licence without a visit whose latest round left nothing unmet.
create function licensing.must_be_visited() returns trigger language plpgsql as $$
begin
    if not exists (
            select from licensing.visit v
             where v.application = new.application
               and v.concluded_at is not null
               and not exists (select from licensing.visit w where w.application = v.application and w.round > v.round)
               and not exists (select from licensing.finding f where f.visit = v.id and f.answer = 'UNMET')) then
        raise exception 'no licence without an on-site check that found nothing unmet'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger licence_follows_visit before insert on licensing.licence
    for each row execute function licensing.must_be_visited();

-- What an expert thinks of a case, once; the officer decides.
create table licensing.opinion (
    id          bigint      generated always as identity primary key,
    application uuid        not null references licensing.application,
    advice      text        not null check (advice in ('GRANT','MEND','REFUSE')),
    opinion     text        not null check (opinion <> ''),
    taken_by    uuid        not null,
    name        text        not null,
    taken_at    timestamptz not null,
    unique (application, taken_by)
);
create trigger opinion_is_kept before update or delete or truncate on licensing.opinion
    for each statement execute function licensing.refuse_change();
