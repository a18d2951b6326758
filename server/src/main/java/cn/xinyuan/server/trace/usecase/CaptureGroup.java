package cn.xinyuan.server.trace.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.MassBalance;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.TransformationEvent;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.server.trace.domain.Candidate;
import cn.xinyuan.server.trace.domain.CaptureBook;
import cn.xinyuan.server.trace.domain.CaptureBook.Bearer;
import cn.xinyuan.server.trace.domain.CaptureBook.Before;
import cn.xinyuan.server.trace.domain.CaptureBook.Entry;
import cn.xinyuan.server.trace.domain.CaptureBook.Sighting;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.CaptureJob.Doubt;
import cn.xinyuan.server.trace.domain.CaptureJob.Fault;
import cn.xinyuan.server.trace.domain.Mention;
import cn.xinyuan.server.trace.domain.Tally;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges deliveries in their order, in memory, by what was known before the group and by what the
 * deliveries before them brought. Foreign events are evidence, so they are kept even when they do
 * not balance, and then marked and explained. An event that is known already changes nothing.
 * Another event under a known id is refused, but for one case: two foreign accounts of the same
 * happening that differ in amounts only are a dispute about quantities; both are kept, marked, with
 * a warning.
 */
@NullMarked
final class CaptureGroup {

    private static final Duration AHEAD = Duration.ofHours(24);
    private static final int MOST_TOLD = 1_000;

    private final CaptureBook book;
    private final Before before;
    private final Map<String, Entry> events = new HashMap<>();
    private final Map<String, Entry> declarations = new HashMap<>();
    private final Map<String, Entry> bearers = new HashMap<>();
    private final Map<String, Tally> lots;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Sighting> sightings = new ArrayList<>();

    CaptureGroup(CaptureBook book, Before before) {
        this.book = book;
        this.before = before;
        this.lots = before.lots();
    }

    List<Entry> entries() {
        return entries;
    }

    List<Sighting> sightings() {
        return sightings;
    }

    Map<String, Tally> lots() {
        return lots;
    }

    /** What became of a delivery; with faults and without {@code proceed} nothing of it stays. */
    CaptureJob judge(Delivery delivery, Instant finished) {
        int wereEntries = entries.size();
        int wereSightings = sightings.size();
        Verdict verdict = new Verdict(delivery);
        verdict.faults.addAll(delivery.faults());
        if (verdict.faults.isEmpty() || delivery.proceed()) {
            for (Candidate candidate : delivery.candidates()) {
                verdict.keep(candidate);
            }
        }
        boolean undone = !verdict.faults.isEmpty() && !delivery.proceed();
        if (undone) {
            undo(wereEntries, wereSightings);
        }
        return verdict.job(undone, finished);
    }

    private void undo(int wereEntries, int wereSightings) {
        while (entries.size() > wereEntries) {
            Entry entry = entries.removeLast();
            Candidate candidate = entry.candidate();
            (candidate.declaresError() ? declarations : events).remove(candidate.hash(), entry);
            bearers.remove(candidate.eventId(), entry);
            for (Mention mention : candidate.mentions()) {
                tally(mention.name()).count(mention, -1);
            }
        }
        while (sightings.size() > wereSightings) {
            sightings.removeLast();
        }
    }

    private Tally tally(String name) {
        return lots.computeIfAbsent(name, _ -> new Tally(0));
    }

    private final class Verdict {
        private final Delivery delivery;
        private final List<Fault> faults = new ArrayList<>();
        private final List<Doubt> doubts = new ArrayList<>();
        private int captured;
        private int repeated;
        private int unbalanced;

        Verdict(Delivery delivery) {
            this.delivery = delivery;
            this.doubts.addAll(delivery.doubts());
        }

        private void keep(Candidate candidate) {
            boolean error = candidate.declaresError();
            String hash = candidate.hash();
            Entry same = (error ? declarations : events).get(hash);
            Long known = (error ? before.declarations() : before.events()).get(hash);
            if (same != null || known != null) {
                repeated++;
                show(known == null ? 0 : known, same);
                return;
            }
            List<String> why = new ArrayList<>(candidate.doubts());
            boolean contested = false;
            if (!error) {
                Entry bearing = bearers.get(candidate.eventId());
                Bearer bore = before.bearers().get(candidate.eventId());
                if (bearing != null || bore != null) {
                    String first =
                            bore == null
                                    ? body(bearing)
                                    : bore.ours() ? null : book.body(bore.event());
                    if (first == null || !sameButForAmounts(first, candidate.body())) {
                        faults.add(idTaken(candidate));
                        return;
                    }
                    contested = true;
                    why.add(
                            "the id "
                                    + candidate.eventId()
                                    + " names an event already that differs in its amounts; both"
                                    + " are kept");
                }
            }
            Instant eventTime = candidate.event().common().eventTime().at();
            if (eventTime.isAfter(delivery.at().plus(AHEAD))) {
                why.add(
                        "the event time "
                                + candidate.event().common().eventTime()
                                + " lies in the future");
            }
            boolean bad = contested | balance(candidate, why);
            Entry entry =
                    new Entry(
                            candidate,
                            contested,
                            candidate.contextText(),
                            delivery.at(),
                            delivery.job(),
                            bad,
                            why);
            entries.add(entry);
            (error ? declarations : events).put(hash, entry);
            if (!error && !contested) {
                bearers.put(candidate.eventId(), entry);
            }
            for (Mention mention : candidate.mentions()) {
                tally(mention.name()).count(mention, 1);
            }
            show(0, entry);
            captured++;
            unbalanced += bad ? 1 : 0;
            for (String text : why) {
                doubts.add(new Doubt(candidate.eventId(), candidate.pointer(), text));
            }
        }

        private static @Nullable String body(@Nullable Entry entry) {
            return entry == null ? null : entry.candidate().body();
        }

        private void show(long event, @Nullable Entry entry) {
            UUID party = delivery.by().party();
            if (party != null && (event > 0 || entry != null)) {
                sightings.add(new Sighting(event, entry, party));
            }
        }

        private CaptureJob job(boolean undone, Instant finished) {
            return new CaptureJob(
                    delivery.job(),
                    delivery.at(),
                    finished.isBefore(delivery.at()) ? delivery.at() : finished,
                    delivery.proceed(),
                    faults.isEmpty(),
                    undone ? 0 : captured,
                    undone ? 0 : repeated,
                    undone ? 0 : unbalanced,
                    faults.size() > MOST_TOLD ? faults.subList(0, MOST_TOLD) : faults,
                    undone
                            ? List.of()
                            : doubts.size() > MOST_TOLD ? doubts.subList(0, MOST_TOLD) : doubts,
                    delivery.by().account(),
                    delivery.by().party());
        }
    }

    static Fault idTaken(Candidate candidate) {
        return new Fault(
                "epcisException:ResourceAlreadyExistsException",
                "Another event bears this id",
                409,
                candidate.eventId()
                        + " names an event with other content already; give this one an id of its"
                        + " own, or declare the first wrong by an errorDeclaration",
                candidate.pointer() + "/eventID");
    }

    /** Adds why the event does not balance; says whether it is to be marked. */
    private boolean balance(Candidate candidate, List<String> why) {
        if (candidate.declaresError()) {
            return false;
        }
        EpcisEvent event = candidate.event();
        boolean bad = false;
        if (event instanceof TransformationEvent change
                && MassBalance.of(change) instanceof MassBalance.Exceeds e) {
            why.add(
                    "outputs of "
                            + plain(e.out())
                            + " kg exceed inputs of "
                            + plain(e.in())
                            + " kg by "
                            + plain(e.by())
                            + " kg");
            bad = true;
        }
        for (Map.Entry<Key, Moved> each : perKey(candidate.mentions()).entrySet()) {
            bad |= balance(event, each.getKey(), each.getValue(), why);
        }
        if (event instanceof AggregationEvent a && a.action() == Action.ADD) {
            Set<String> packed = new LinkedHashSet<>();
            for (Mention mention : candidate.mentions()) {
                if (mention.ofClass()) {
                    packed.add(mention.name());
                }
            }
            for (String what : packed) {
                Tally tally = lots.get(what);
                if (tally == null || !tally.isKnown()) {
                    why.add(what + " is packed, but no event says where it came from");
                    bad = true;
                }
            }
        }
        return bad;
    }

    private boolean balance(EpcisEvent event, Key key, Moved moved, List<String> why) {
        Tally tally = lots.get(key.what());
        Tally.Sum same = (tally == null ? new Tally(0) : tally).sum(key.unit());
        boolean bad = false;
        if (event instanceof ObjectEvent && moved.made().signum() > 0 && same.additions() > 0) {
            why.add(
                    key.what()
                            + " was made before: "
                            + amount(same.made(), key.unit())
                            + ", and now again "
                            + amount(moved.made(), key.unit()));
            bad = true;
        }
        if (moved.used().signum() > 0) {
            BigDecimal made = same.made().add(moved.made());
            BigDecimal used = same.used().add(moved.used());
            if (tally == null || !tally.everMade()) {
                why.add(key.what() + " is used, but no event says where it came from");
                bad = true;
            } else if (used.compareTo(made) > 0) {
                why.add(
                        key.what()
                                + ": "
                                + amount(used, key.unit())
                                + " are used in all, but only "
                                + amount(made, key.unit())
                                + " were made");
                bad = true;
            }
        }
        return bad;
    }

    private record Key(String what, String unit) {}

    private record Moved(BigDecimal made, BigDecimal used) {
        Moved plus(Moved other) {
            return new Moved(made.add(other.made), used.add(other.used));
        }
    }

    private static Map<Key, Moved> perKey(List<Mention> mentions) {
        Map<Key, Moved> sums = new LinkedHashMap<>();
        for (Mention mention : mentions) {
            Mention.Amount amount = mention.amount();
            if (amount != null) {
                sums.merge(
                        new Key(mention.name(), amount.unit()),
                        new Moved(amount.made(), amount.used()),
                        Moved::plus);
            }
        }
        return sums;
    }

    private static boolean sameButForAmounts(String first, String other) {
        try {
            return withoutAmounts(EpcisJson.parse(first.getBytes(UTF_8)))
                    .equals(withoutAmounts(EpcisJson.parse(other.getBytes(UTF_8))));
        } catch (UnreadableDocument e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode withoutAmounts(JsonNode event) {
        if (event instanceof ObjectNode node) {
            node.remove("recordTime");
            for (String list :
                    List.of(
                            "quantityList",
                            "childQuantityList",
                            "inputQuantityList",
                            "outputQuantityList")) {
                node.path(list)
                        .forEach(
                                each -> {
                                    if (each instanceof ObjectNode quantity) {
                                        quantity.remove("quantity");
                                    }
                                });
            }
        }
        return event;
    }

    static String amount(BigDecimal value, String unit) {
        return plain(value)
                + (unit.isEmpty() ? " pieces" : unit.equals("KGM") ? " kg" : " " + unit);
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
