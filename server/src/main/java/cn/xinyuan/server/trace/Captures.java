package cn.xinyuan.server.trace;

import cn.xinyuan.server.pages.Visitor;
import java.util.List;
import java.util.UUID;

/** Takes in EPCIS documents of others, as {@code POST /epcis/capture} does: all or nothing. */
public interface Captures {

    /**
     * @param document an EPCIS 2.0 document as JSON
     * @throws cn.xinyuan.server.pages.Problems if it cannot be understood; nothing is stored then
     */
    Outcome capture(Visitor by, byte[] document);

    /**
     * What became of a document.
     *
     * @param captured events that are new
     * @param repeated events that were known already and changed nothing
     * @param unbalanced new events that do not balance and are marked
     * @param notes why events were refused, or what is doubtful about those kept
     */
    record Outcome(
            UUID job,
            boolean success,
            int captured,
            int repeated,
            int unbalanced,
            List<String> notes) {}
}
