package cn.xinyuan.server.trace.domain;

import cn.xinyuan.server.trace.Doubt;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One lot in one event, with what a keeper of traceability records must be able to tell about it.
 *
 * @param made the lot that the step made or moved; {@code from} what it was made from
 * @param where the place of the step, as the event names it; empty when it does not
 * @param sources who gave the goods, {@code destinations} who got them
 * @param plot where they grew, for a harvest on a plot of ours
 * @param documents business documents, such as a despatch advice, each as {@code type id}
 * @param standing whether the event balances by all that is known now
 * @param eventId under which {@code GET /epcis/events/{id}} tells the event itself
 */
public record TracedStep(
        Kind kind,
        LocalDate day,
        String time,
        String where,
        Item made,
        List<Item> from,
        List<String> sources,
        List<String> destinations,
        @Nullable UUID plot,
        List<String> documents,
        Standing standing,
        String eventId) {

    /** Whether an event balances now; {@code doubts} say why it does not. */
    public record Standing(State state, List<Doubt> doubts) {

        public static final Standing FINE = new Standing(State.BALANCED, List.of());

        public Standing {
            doubts = List.copyOf(doubts);
        }
    }

    /** How an event of others stands. */
    public enum State {
        BALANCED,
        UNBALANCED,
        /** It did not balance when it arrived; what came later explains it. */
        SETTLED,
        DECLARED_WRONG
    }

    /** The same step of another item, with these documents. */
    public TracedStep of(Item item, List<String> papers) {
        return new TracedStep(
                kind,
                day,
                time,
                where,
                item,
                from,
                sources,
                destinations,
                plot,
                papers,
                standing,
                eventId);
    }

    /**
     * A critical tracking event of the US food traceability rule with its section in title 21 of
     * the Code of Federal Regulations, or a step that the rule does not name. Cooling is not told
     * apart: CBV has no word for it.
     */
    public enum Kind {
        HARVESTING("1.1325(a)"),
        INITIAL_PACKING("1.1330"),
        FIRST_LAND_BASED_RECEIVING("1.1335"),
        SHIPPING("1.1340"),
        RECEIVING("1.1345"),
        TRANSFORMATION("1.1350"),
        CREATION(""),
        HANDLING(""),
        DISPOSAL("");

        private final String section;

        Kind(String section) {
            this.section = section;
        }

        /** Empty for a step that the rule does not name. */
        public String section() {
            return section;
        }
    }

    /**
     * An amount of a lot or a thing.
     *
     * @param name canonical identifier
     * @param unit a UN/CEFACT code such as {@code KGM}; empty for pieces
     */
    public record Item(String name, @Nullable BigDecimal amount, String unit) {}
}
