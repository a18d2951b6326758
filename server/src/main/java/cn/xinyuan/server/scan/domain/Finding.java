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
        Tally.@Nullable Counted counted,
        @Nullable Story story) {

    /** One that rests on nothing that is remembered. */
    public Finding(
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
        this(
                typed,
                state,
                why,
                issued,
                product,
                producer,
                licence,
                lot,
                recall,
                certificate,
                reports,
                coverage,
                route,
                counted,
                null);
    }

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
        FINE,
        DATABASE_AWAY
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

    /**
     * A code whose tag is genuine while the database is away: that it was made here is sure,
     * everything else is not.
     */
    public static Finding unchecked(TypedCode typed) {
        return new Finding(
                typed,
                State.UNCHECKED,
                Why.DATABASE_AWAY,
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

    /** The same, its scans as they were before this one. */
    public Finding with(Tally.@Nullable Counted before) {
        return new Finding(
                typed,
                state,
                why,
                issued,
                product,
                producer,
                licence,
                lot,
                recall,
                certificate,
                reports,
                coverage,
                route,
                before,
                story);
    }

    /**
     * Whether everything but code and count is the same for all codes of the story, in the same
     * state.
     */
    public boolean isLikeItsNeighbours() {
        return story != null
                && issued != null
                && issued.voided() == null
                && (counted == null || counted.evidence() == null && counted.ruledAs() == null);
    }

    /** The code as the label bears it. */
    public String code() {
        return issued == null ? typed.text() : issued.code();
    }
}
