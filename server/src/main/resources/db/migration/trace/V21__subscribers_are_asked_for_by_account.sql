-- Who a subscriber is, and what he may see, is asked for by his account at every report.
alter table trace.subscription drop column visitor;
