package cn.xinyuan.server.issuing;

import cn.xinyuan.codes.CodeRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Cases of boxes and pallets of cases, each under an SSCC (GS1 General Specifications, 2.2.1). What
 * is in them is stored as ranges of codes; no row per box.
 */
public interface Cases {

    /** The case or pallet under an SSCC; empty when there is none of ours. */
    Optional<LogisticUnit> find(String sscc);

    /** The case that a box is in now. */
    Optional<LogisticUnit> holding(long batch, long serial);

    /** What a logistic unit is. */
    enum Kind {
        CASE,
        PALLET
    }

    /**
     * A case or a pallet as it stands.
     *
     * @param sscc 18 digits
     * @param unpacked when it was emptied; null while something is in it
     * @param because why it was emptied
     * @param contents what is in it now, of a pallet all that is in its cases; what was in it last
     *     when it was emptied and is a case
     * @param pallet the SSCC of the pallet that a case stands on
     * @param cases the SSCCs of the cases on a pallet
     */
    record LogisticUnit(
            String sscc,
            Kind kind,
            UUID party,
            String byName,
            Instant at,
            @Nullable Instant unpacked,
            @Nullable String because,
            List<Content> contents,
            @Nullable String pallet,
            List<String> cases) {

        /** Boxes in it. */
        public long boxes() {
            return contents.stream().mapToLong(c -> c.range().count()).sum();
        }
    }

    /**
     * Boxes of one lot with consecutive codes.
     *
     * @param voided how many of the codes were made void since
     */
    record Content(CodeRange range, UUID lot, long voided) {}
}
