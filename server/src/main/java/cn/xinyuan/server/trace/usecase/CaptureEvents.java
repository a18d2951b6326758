package cn.xinyuan.server.trace.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.Action;
import cn.xinyuan.epcis.AggregationEvent;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EpcisProblem;
import cn.xinyuan.epcis.EventHash;
import cn.xinyuan.epcis.Link;
import cn.xinyuan.epcis.MassBalance;
import cn.xinyuan.epcis.Movement;
import cn.xinyuan.epcis.ObjectEvent;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.TransformationEvent;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.CaptureJob;
import cn.xinyuan.server.trace.domain.CaptureJob.Doubt;
import cn.xinyuan.server.trace.domain.CaptureJob.Fault;
import cn.xinyuan.server.trace.domain.CapturedEvents;
import cn.xinyuan.server.trace.domain.CapturedEvents.NewEvent;
import cn.xinyuan.server.trace.domain.CapturedEvents.Stored;
import cn.xinyuan.server.trace.domain.CapturedEvents.Sum;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes in the EPCIS events of others. They are evidence, so they are kept even when they do not
 * balance, and then marked and explained. An event that is known already changes nothing. Another
 * event under a known id is refused, but for one case: two foreign accounts of the same happening
 * that differ in amounts only are a dispute about quantities; both are kept, marked, with a
 * warning.
 */
@NullMarked
@Component
public class CaptureEvents {

    private static final Duration AHEAD = Duration.ofHours(24);
    private static final long MOST_LINKS = 50_000;

    private final CapturedEvents events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CaptureEvents(CapturedEvents events, TransactionTemplate transaction, Clock clock) {
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Captures a document that was read.
     *
     * @param proceed keeps the good events although others are refused; else all or nothing
     */
    public CaptureJob capture(Visitor by, Reading reading, boolean proceed) {
        if (!UTF_8.newEncoder().canEncode(EpcisJson.text(reading.document().context().json()))) {
            throw Problems.of("@context", "有半个字符（孤立的代理项），请改用完整的 Unicode 字符。");
        }
        Attempt attempt = new Attempt(UUID.randomUUID(), by, reading, proceed, clock.instant());
        CaptureJob job =
                transaction.execute(
                        status -> {
                            events.oneAtATime();
                            attempt.run();
                            CaptureJob done = attempt.job(false);
                            if (done.success() || proceed) {
                                events.add(done);
                            } else {
                                status.setRollbackOnly();
                            }
                            return done;
                        });
        if (job == null) {
            throw new IllegalStateException("no job");
        }
        if (job.success() || proceed) {
            return job;
        }
        CaptureJob undone = attempt.job(true);
        transaction.executeWithoutResult(_ -> events.add(undone));
        return undone;
    }

    private final class Attempt {
        private final UUID id;
        private final Visitor by;
        private final Reading reading;
        private final boolean proceed;
        private final Instant now;
        private final List<Fault> faults = new ArrayList<>();
        private final List<Doubt> doubts = new ArrayList<>();
        private int captured;
        private int repeated;
        private int unbalanced;

        Attempt(UUID id, Visitor by, Reading reading, boolean proceed, Instant now) {
            this.id = id;
            this.by = by;
            this.reading = reading;
            this.proceed = proceed;
            this.now = now;
        }

        void run() {
            for (EpcisProblem doubt : reading.warnings()) {
                doubts.add(new Doubt("", doubt.pointer(), doubt.text() + "; " + doubt.fix()));
            }
            for (Reading.Item item : reading.events()) {
                switch (item) {
                    case Reading.Refused refused ->
                            refused.problems().forEach(p -> faults.add(invalid(p)));
                    case Reading.Understood understood -> keep(understood);
                }
            }
        }

        private void keep(Reading.Understood understood) {
            EpcisEvent event = understood.event();
            if (Link.atMost(event) > MOST_LINKS) {
                faults.add(
                        new Fault(
                                "epcisException:CaptureLimitExceededException",
                                "One event links too many things",
                                413,
                                "inputs times outputs are more than "
                                        + MOST_LINKS
                                        + "; name lots instead of single things, or use several"
                                        + " events with one transformationID",
                                understood.pointer()));
                return;
            }
            if (!UTF_8.newEncoder().canEncode(EpcisJson.text(EpcisJson.write(event)))) {
                faults.add(
                        invalid(
                                EpcisProblem.grave(
                                        understood.pointer(),
                                        "half a character (a lone surrogate) stands in a string",
                                        "write whole Unicode characters")));
                return;
            }
            String hash = EventHash.of(event, reading.document().context());
            boolean declaresError = event.common().errorDeclaration() != null;
            String given = event.common().eventId();
            String eventId = given == null ? hash : given;
            Long known = events.known(hash, declaresError).orElse(null);
            if (known != null) {
                repeated++;
                show(known);
                return;
            }
            List<String> why = new ArrayList<>();
            understood
                    .warnings()
                    .forEach(w -> why.add(w.pointer() + ": " + w.text() + "; " + w.fix()));
            boolean contested = false;
            Stored first = declaresError ? null : events.firstOf(eventId).orElse(null);
            if (first != null) {
                if (first.ours() || !sameButForAmounts(first, event)) {
                    faults.add(
                            new Fault(
                                    "epcisException:ResourceAlreadyExistsException",
                                    "Another event bears this id",
                                    409,
                                    eventId
                                            + " names an event with other content already; give"
                                            + " this one an id of its own, or declare the first"
                                            + " wrong by an errorDeclaration",
                                    understood.pointer() + "/eventID"));
                    return;
                }
                contested = true;
                why.add(
                        "the id "
                                + eventId
                                + " names an event already that differs in its amounts; both are"
                                + " kept");
            }
            if (event.common().eventTime().at().isAfter(now.plus(AHEAD))) {
                why.add("the event time " + event.common().eventTime() + " lies in the future");
            }
            boolean bad = contested | judge(event, declaresError, why);
            long seq =
                    events.keep(
                            new NewEvent(
                                    eventId,
                                    hash,
                                    contested,
                                    event,
                                    EpcisJson.text(reading.document().context().json()),
                                    now,
                                    id,
                                    bad,
                                    why));
            show(seq);
            captured++;
            if (bad) {
                unbalanced++;
            }
            why.forEach(text -> doubts.add(new Doubt(eventId, understood.pointer(), text)));
        }

        private void show(long event) {
            UUID party = by.party();
            if (party != null && event > 0) {
                events.showTo(event, party);
            }
        }

        CaptureJob job(boolean undone) {
            return new CaptureJob(
                    id,
                    now,
                    clock.instant().isBefore(now) ? now : clock.instant(),
                    proceed,
                    faults.isEmpty(),
                    undone ? 0 : captured,
                    undone ? 0 : repeated,
                    undone ? 0 : unbalanced,
                    faults,
                    undone ? List.of() : doubts,
                    by.account(),
                    by.party());
        }
    }

    /** Adds why the event does not balance; says whether it is to be marked. */
    private boolean judge(EpcisEvent event, boolean declaresError, List<String> why) {
        if (declaresError) {
            return false;
        }
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
        List<Movement> movements = Movement.of(event);
        Set<String> named = new LinkedHashSet<>();
        movements.forEach(m -> named.add(m.what()));
        Set<String> packed = new LinkedHashSet<>();
        if (event instanceof AggregationEvent a && a.action() == Action.ADD) {
            packed.addAll(Link.classes(event));
            named.addAll(packed);
        }
        Map<String, List<Sum>> sums = events.sums(named);
        for (Map.Entry<Key, Movement> each : perKey(movements).entrySet()) {
            bad |= judge(event, each.getValue(), sums, why);
        }
        for (String what : packed) {
            if (!sums.containsKey(what)) {
                why.add(what + " is packed, but no event says where it came from");
                bad = true;
            }
        }
        return bad;
    }

    private static boolean judge(
            EpcisEvent event, Movement moved, Map<String, List<Sum>> sums, List<String> why) {
        List<Sum> before = sums.getOrDefault(moved.what(), List.of());
        Sum same =
                before.stream()
                        .filter(s -> s.unit().equals(moved.unit()))
                        .findFirst()
                        .orElse(new Sum(moved.unit(), BigDecimal.ZERO, BigDecimal.ZERO, 0));
        boolean bad = false;
        if (event instanceof ObjectEvent && moved.made().signum() > 0 && same.additions() > 0) {
            why.add(
                    moved.what()
                            + " was made before: "
                            + amount(same.made(), moved.unit())
                            + ", and now again "
                            + amount(moved.made(), moved.unit()));
            bad = true;
        }
        if (moved.used().signum() > 0) {
            boolean everMade = before.stream().anyMatch(s -> s.made().signum() > 0);
            BigDecimal made = same.made().add(moved.made());
            BigDecimal used = same.used().add(moved.used());
            if (!everMade) {
                why.add(moved.what() + " is used, but no event says where it came from");
                bad = true;
            } else if (used.compareTo(made) > 0) {
                why.add(
                        moved.what()
                                + ": "
                                + amount(used, moved.unit())
                                + " are used in all, but only "
                                + amount(made, moved.unit())
                                + " were made");
                bad = true;
            }
        }
        return bad;
    }

    private record Key(String what, String unit) {}

    private static Map<Key, Movement> perKey(List<Movement> movements) {
        Map<Key, Movement> sums = new HashMap<>();
        for (Movement m : movements) {
            sums.merge(
                    new Key(m.what(), m.unit()),
                    m,
                    (one, other) ->
                            new Movement(
                                    one.what(),
                                    one.unit(),
                                    one.made().add(other.made()),
                                    one.used().add(other.used())));
        }
        return sums;
    }

    private static boolean sameButForAmounts(Stored first, EpcisEvent event) {
        try {
            JsonNode known = EpcisJson.parse(first.body().getBytes(UTF_8));
            JsonNode now = EpcisJson.parse(EpcisJson.text(EpcisJson.write(event)).getBytes(UTF_8));
            return withoutAmounts(known).equals(withoutAmounts(now));
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

    private static Fault invalid(EpcisProblem problem) {
        return new Fault(
                "epcisException:ValidationException",
                "The event cannot be understood",
                400,
                problem.text() + "; " + problem.fix(),
                problem.pointer());
    }

    static String amount(BigDecimal value, String unit) {
        return plain(value)
                + (unit.isEmpty() ? " pieces" : unit.equals("KGM") ? " kg" : " " + unit);
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
