-- Format "xinyuan code 2": an order is a range of the indices of a key version, see
-- docs/code-format.md; batch number and serial are its outward name. Labels of the format before it
-- were never released and are not read any more.
drop table issuing.shelf;

-- The fingerprint is taken otherwise now: the first start writes it again.
delete from issuing.code_key;
alter table issuing.code_key drop constraint code_key_version_check;
alter table issuing.code_key
    add constraint code_key_version_check check (version between 0 and 15),
    add column cipher text   not null check (cipher in ('AES', 'SM4')),
    -- how many of its 2^31 indices are given out
    add column taken  bigint not null check (taken between 0 and 2147483648);

create sequence issuing.batch_number as bigint maxvalue 2147483647;
select setval('issuing.batch_number', greatest(max(number), 1)) from issuing.batch
having count(*) > 0;

alter table issuing.batch
    add column key_version integer not null default 0 check (key_version between 0 and 15),
    add column first_index bigint  not null default 0,
    drop constraint batch_codes_check,
    add constraint batch_codes_check check (codes between 1 and 16777216);
update issuing.batch b set first_index = before.codes
  from (select number, coalesce(sum(codes) over (order by number
                  rows between unbounded preceding and 1 preceding), 0) as codes
          from issuing.batch) before
 where before.number = b.number;
alter table issuing.batch
    alter column key_version drop default,
    alter column first_index drop default,
    add constraint indices_of_a_version
        check (first_index >= 0 and first_index + codes <= 2147483648),
    add constraint an_index_is_given_out_once exclude using gist
        (int8range(key_version * 2147483648 + first_index,
                   key_version * 2147483648 + first_index + codes) with &&);

alter table issuing.activation drop constraint activated_once,
    add constraint activated_once exclude using gist
        (int8range(batch * 4294967296 + first, batch * 4294967296 + first + codes) with &&);
alter table issuing.voiding drop constraint voided_once,
    add constraint voided_once exclude using gist
        (int8range(batch * 4294967296 + first, batch * 4294967296 + first + codes) with &&);

create or replace function issuing.only_use_grows() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
       or (new.number, new.party, new.product, new.licence, new.season, new.codes, new.ordered_by,
           new.ordered_at, new.key_version, new.first_index)
          is distinct from
          (old.number, old.party, old.product, old.licence, old.season, old.codes, old.ordered_by,
           old.ordered_at, old.key_version, old.first_index)
       or new.used < old.used then
        raise exception 'an ordered batch is not edited' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
