package cn.xinyuan.server.trace.store;

import cn.xinyuan.server.trace.domain.EventArchive.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Who sees which events, as SQL: the one place where a {@link View} becomes a condition. Queries,
 * traces of foreign chains and master data all ask here.
 */
final class SeenBy {

    private SeenBy() {}

    /**
     * A condition on {@code trace.event_facts f}, beginning with {@code and}; empty for who sees
     * everything.
     *
     * @param params takes the values that the condition names
     */
    static String view(View view, Map<String, Object> params) {
        if (view.everything()) {
            return "";
        }
        List<String> ways = new ArrayList<>();
        ways.add("f.shown && cast(:seenBy as uuid[])");
        params.put("seenBy", view.parties().stream().map(UUID::toString).toArray(String[]::new));
        if (!view.districts().isEmpty()) {
            ways.add("f.districts && cast(:seenIn as text[])");
            // a chain that touches no district of ours is every official's
            ways.add("f.districts = '{}'");
            params.put("seenIn", view.districts().toArray(String[]::new));
        }
        if (!view.lots().isEmpty()) {
            ways.add(
                    "(f.own = any(array(select e.seq from trace.event_lot t join trace.event e on"
                            + " e.id = t.event where t.lot = any(cast(:seenLots as uuid[])))) and"
                            + " f.partners <@ cast(:seenChain as uuid[]))");
            params.put("seenLots", view.lots().stream().map(UUID::toString).toArray(String[]::new));
            params.put(
                    "seenChain", view.chain().stream().map(UUID::toString).toArray(String[]::new));
        }
        return " and (" + String.join(" or ", ways) + ")";
    }
}
