package cn.xinyuan.server.trace.domain;

import java.util.UUID;
import java.util.function.Consumer;

/** What the nodes said they hold of the genealogy, against what the database says. */
public interface LineageStandings {

    /** Tells each node whose sum differs; returns how many nodes were compared. */
    int compare(Consumer<Difference> differences);

    /** Number and sum of the links of one node, and of the database at that node's snapshot. */
    record Difference(
            UUID node, long expectedLinks, long expectedSum, long foundLinks, long foundSum) {}
}
