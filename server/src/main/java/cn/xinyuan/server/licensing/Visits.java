package cn.xinyuan.server.licensing;

import cn.xinyuan.server.licensing.Visit.Finding;
import cn.xinyuan.server.pages.Visitor;
import java.util.List;
import java.util.UUID;

/** On-site checks. The first of a case is opened when an officer takes the case. */
public interface Visits {

    /** The visits of a case, the latest last. */
    List<Visit> of(UUID application);

    /** Opens a further visit; the one that is open when there is one. */
    Visit open(Visitor by, UUID application);

    /**
     * Writes down what was found, once and for good.
     *
     * @param findings one for each clause; a clause that is not met or does not apply needs a note
     * @param inspector the visitor's own name, typed as a signature
     * @param host the name of whoever signs for the producer
     */
    Visit conclude(Visitor by, UUID visit, List<Finding> findings, String inspector, String host);
}
