-- Area and output as published, and what follows from them: only to see whether a figure is plausible.
create table standards.published_yield (
    category  text    not null,
    place     text    not null,
    year      integer not null check (year between 1900 and 2100),
    kg_per_mu numeric not null check (kg_per_mu > 0),
    source    text    not null,
    primary key (category, place, year)
);

create trigger published_yield_is_kept before update or delete or truncate on standards.published_yield
    for each statement execute function standards.refuse_change();
