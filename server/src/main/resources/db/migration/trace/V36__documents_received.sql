-- Large documents lie in the data folder until they are worked off; a restart goes on with them. The row is
-- deleted, and the file after it, when the job is finished.
create table trace.capture_document (
    job     uuid    primary key references trace.capture_job (id),
    file    text    not null,
    xml     boolean not null,
    visitor text    not null,
    behind  bigint  not null default 0 check (behind >= 0)
);
