package cn.xinyuan.server.scan.domain;

import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates.Certificate;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.laboratory.Laboratory.Coverage;
import cn.xinyuan.server.laboratory.Laboratory.Report;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.scan.Scans.State;
import cn.xinyuan.server.trace.Genealogy.Step;
import cn.xinyuan.server.trace.Lot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a shopper may know of a code. What is null or empty is missing, and is shown as missing.
 */
public record Finding(
        TypedCode typed,
        State state,
        Why why,
        @Nullable Issued issued,
        @Nullable Product product,
        @Nullable Party producer,
        @Nullable Licence licence,
        @Nullable Lot lot,
        @Nullable Recall recall,
        @Nullable Certificate certificate,
        List<Report> reports,
        @Nullable Coverage coverage,
        List<Step> route,
        Tally.@Nullable Counted counted) {

    /** What the state rests on. */
    public enum Why {
        NO_SUCH_CODE,
        LABEL_CONTRADICTS,
        RECALL,
        LICENCE_SUSPENDED,
        LICENCE_REVOKED,
        LICENCE_EXPIRED,
        CODE_VOID,
        SEASON_OVER,
        LOT_HELD,
        NOT_ON_A_LOT,
        MANY_READERS,
        FINE
    }

    /** A code that nobody issued. */
    public static Finding unknown(TypedCode typed, Why why) {
        return new Finding(
                typed,
                State.UNKNOWN,
                why,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                null);
    }

    /** The code as the label bears it. */
    public String code() {
        return issued == null ? typed.text() : issued.code();
    }
}
