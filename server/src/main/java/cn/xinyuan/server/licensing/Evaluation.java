package cn.xinyuan.server.licensing;

import cn.xinyuan.server.pages.Visitor;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The procedure (first slice): apply, review, return, grant or refuse; and the fate of a licence.
 */
public interface Evaluation {

    Application apply(Visitor by, NewApplication application);

    /** Takes the case into review; the officer is the person in charge. */
    Application review(Visitor by, UUID application);

    /** Sends the case back with what is missing; the applicant's clock stops ours. */
    Application sendBack(Visitor by, UUID application, List<String> missing);

    Application resubmit(Visitor by, UUID application, String answer);

    /** Refused while the on-site check is missing or left a clause unmet. */
    Licence grant(Visitor by, UUID application, LocalDate from, LocalDate until, String opinion);

    /** An expert's opinion on a case, once; the officer decides. */
    void advise(Visitor by, UUID application, Advice advice, String opinion);

    /** What an expert advises. */
    enum Advice {
        GRANT,
        MEND,
        REFUSE
    }

    Application refuse(Visitor by, UUID application, String reason);

    Licence suspend(Visitor by, UUID licence, String reason);

    Licence reinstate(Visitor by, UUID licence, String reason);

    Licence revoke(Visitor by, UUID licence, String reason);

    Optional<Application> find(UUID application);

    List<Application> of(UUID party);

    List<Application> within(Set<String> districts);

    /** What an applicant asks for. */
    record NewApplication(UUID party, UUID product, BigDecimal yearlyKg, String statement) {}

    /** A case as it stands; {@code deadline} is a work day, {@code inCharge} one named person. */
    record Application(
            UUID id,
            String number,
            UUID party,
            UUID product,
            BigDecimal yearlyKg,
            String statement,
            String stage,
            List<String> missing,
            @Nullable String inCharge,
            @Nullable LocalDate deadline,
            Instant changedAt) {}
}
