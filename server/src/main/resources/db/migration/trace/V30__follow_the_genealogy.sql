-- Which transaction made a link: a node that holds the genealogy in memory knows by its snapshot what
-- it has, and asks for what was committed since, whatever the order of commits.
alter table trace.edge add column xact xid8 not null default pg_current_xact_id();
create index edge_by_xact on trace.edge (xact);

-- What each node holds: the sum of its links as of a snapshot of this database cluster.
create table trace.lineage_standing (
    node    uuid        primary key,
    cluster bigint      not null,
    up_to   pg_snapshot not null,
    links   bigint      not null,
    digest  bigint      not null,
    at      timestamptz not null
);
