package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisEvent;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.EventHash;
import cn.xinyuan.epcis.Link;
import cn.xinyuan.epcis.Movement;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.Strictness;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.server.trace.Verification.Difference;
import cn.xinyuan.server.trace.domain.CapturedEvents;
import cn.xinyuan.server.trace.domain.CapturedEvents.Derived;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** Reads every captured event again and compares what was drawn from it. */
@NullMarked
@Component
public class RecheckCaptured {

    private static final int AT_ONCE = 500;

    private final CapturedEvents events;

    RecheckCaptured(CapturedEvents events) {
        this.events = events;
    }

    /** Tells each difference; returns how many captured events were read. */
    @Transactional(readOnly = true)
    public long recheck(Consumer<Difference> differences) {
        long count = 0;
        long after = 0;
        while (true) {
            List<Derived> some = events.derivedAfter(after, AT_ONCE);
            if (some.isEmpty()) {
                return count;
            }
            for (Derived each : some) {
                compare(each, differences);
                after = each.seq();
                count++;
            }
        }
    }

    private static void compare(Derived stored, Consumer<Difference> differences) {
        String id = stored.hash().replaceAll("\\s", "");
        Reading.Item item =
                EpcisJson.readEvent(
                        parse(stored.body()),
                        "",
                        Strictness.LENIENT,
                        new Context(parse(stored.context())));
        if (!(item instanceof Reading.Understood understood)) {
            differences.accept(new Difference("captured-event", id, "readable", "unreadable"));
            return;
        }
        EpcisEvent event = understood.event();
        tell("captured-hash", id, hash(event, stored.context()), stored.hash(), differences);
        tell("captured-names", id, names(event), String.join("|", stored.names()), differences);
        tell("captured-links", id, links(event), String.join("|", stored.links()), differences);
        tell(
                "captured-movements",
                id,
                movements(event),
                String.join("|", stored.movements()),
                differences);
    }

    private static void tell(
            String kind,
            String id,
            String expected,
            String found,
            Consumer<Difference> differences) {
        if (!expected.equals(found)) {
            differences.accept(
                    new Difference(kind, id, expected.replace(' ', '_'), found.replace(' ', '_')));
        }
    }

    private static String hash(EpcisEvent event, String context) {
        return EventHash.of(event, new Context(parse(context)));
    }

    private static String names(EpcisEvent event) {
        TreeSet<String> names = new TreeSet<>();
        Link.things(event).forEach(n -> names.add(n + " false"));
        Link.classes(event).forEach(n -> names.add(n + " true"));
        return String.join("|", names);
    }

    private static String links(EpcisEvent event) {
        TreeSet<String> links = new TreeSet<>();
        Link.of(event).forEach(l -> links.add(l.from() + " " + l.to() + " " + l.packed()));
        return String.join("|", links);
    }

    private static String movements(EpcisEvent event) {
        boolean error = event.common().errorDeclaration() != null;
        List<String> lines = new ArrayList<>();
        for (Movement m : Movement.of(event)) {
            lines.add(
                    m.what()
                            + " "
                            + m.unit()
                            + " "
                            + signed(m.made(), error)
                            + " "
                            + signed(m.used(), error));
        }
        return String.join("|", lines);
    }

    private static String signed(BigDecimal amount, boolean negative) {
        BigDecimal value = (negative ? amount.negate() : amount).stripTrailingZeros();
        return value.signum() == 0 ? "0" : value.toPlainString();
    }

    private static JsonNode parse(String text) {
        try {
            return EpcisJson.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableDocument e) {
            throw new IllegalStateException(e);
        }
    }
}
