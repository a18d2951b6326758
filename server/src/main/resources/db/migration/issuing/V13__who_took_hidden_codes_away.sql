-- Hidden codes that were taken away as a file, for the printing house: by whom, when, which.
create table issuing.scratch_download (
    id      bigint      generated always as identity primary key,
    batch   bigint      not null references issuing.batch,
    first   bigint      not null check (first >= 0),
    codes   bigint      not null check (codes > 0),
    by      uuid        not null,
    by_name text        not null,
    at      timestamptz not null
);
create index scratch_download_of_batch on issuing.scratch_download (batch, at desc);
create trigger scratch_download_within_batch before insert on issuing.scratch_download
    for each row execute function issuing.within_batch();
create trigger scratch_download_is_kept before update or delete or truncate on issuing.scratch_download
    for each statement execute function issuing.refuse_change();
