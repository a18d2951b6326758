create schema scan;

-- Scans are counted by code and day; nothing here says who scanned.
create table scan.code (
    code          text primary key,
    first_at      timestamptz not null,
    first_region  text,
    scans         bigint not null check (scans > 0),
    suspicious_at timestamptz,
    evidence      text,
    check ((suspicious_at is null) = (evidence is null))
);

create table scan.day (
    code   text not null,
    day    date not null,
    region text not null default '',
    scans  bigint not null check (scans > 0),
    primary key (code, day, region)
);

-- Readers of the last 24 hours: a salted hash that changes with the day's salt, removed afterwards.
create table scan.reader (
    code    text not null,
    token   bigint not null,
    region  text not null default '',
    seen_at timestamptz not null,
    primary key (code, token, region)
);
create index reader_seen on scan.reader (seen_at);

create table scan.salt (
    day  date primary key,
    salt bytea not null
);

create table scan.complaint (
    number   text primary key,
    once     text not null unique,
    code     text,
    party    uuid,
    district text,
    about    text not null,
    text     text not null check (length(text) between 1 and 2000),
    phone    text,
    at       timestamptz not null,
    state    text not null check (state in ('RECEIVED', 'ANSWERED')),
    answer   text,
    answered_by text,
    answered_at timestamptz,
    check ((state = 'ANSWERED') = (answer is not null))
);
create index complaint_at on scan.complaint (at desc);
