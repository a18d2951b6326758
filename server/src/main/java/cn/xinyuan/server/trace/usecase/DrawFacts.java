package cn.xinyuan.server.trace.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.epcis.Context;
import cn.xinyuan.epcis.EpcisJson;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.Reading;
import cn.xinyuan.epcis.Strictness;
import cn.xinyuan.epcis.UnreadableDocument;
import cn.xinyuan.epcis.query.EventFacts;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.domain.EventArchive;
import cn.xinyuan.server.trace.domain.EventArchive.Drawn;
import cn.xinyuan.server.trace.domain.EventArchive.Undrawn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Draws from events what may be asked of them, and gives each its place in the order of the
 * repository. Events wait on a list that the database writes together with them, so it does not
 * matter who wrote them, or whether this was running.
 */
@NullMarked
@Component
public class DrawFacts {

    private static final Logger LOG = LoggerFactory.getLogger(DrawFacts.class);
    private static final int AT_ONCE = 1_000;

    /** Events that come between two looks; more mean that captures are under way. */
    private static final long A_STREAM = 500;

    /** For how long drawing gives way to captures. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Pattern GLN =
            Pattern.compile(
                    "(source_[^=]*|destination_[^=]*|readPoint|bizLocation)="
                            + "https://id\\.gs1\\.org/41[47]/(\\d{13}).*");

    private final EventArchive archive;
    private final Parties parties;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private long seen;
    private Instant drew = Instant.EPOCH;

    DrawFacts(
            EventArchive archive,
            Parties parties,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.clock = clock;
        this.archive = archive;
        this.parties = parties;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Draws what waits, in the background, so that whoever asks need not wait for it. While events
     * stream in it gives way to them, for a minute at most: who asks meanwhile has drawn what he
     * asks about.
     */
    @Scheduled(
            initialDelayString = "${xinyuan.epcis.tick:1s}",
            fixedDelayString = "${xinyuan.epcis.tick:1s}")
    void keepUp() {
        boolean longEnough = clock.instant().isAfter(drew.plus(PATIENCE));
        if (eventsStreamIn() && !longEnough) {
            return;
        }
        Optional<Long> last = archive.lastUndrawn();
        boolean more = last.isPresent();
        while (more && (longEnough || !eventsStreamIn())) {
            more = Boolean.TRUE.equals(transaction.execute(_ -> some(last.get())));
        }
        drew = clock.instant();
    }

    /** Whether many events came since it was asked last. */
    private boolean eventsStreamIn() {
        long before = seen;
        seen = archive.lastUndrawn().orElse(before);
        return seen - before > A_STREAM;
    }

    /** Draws all that waits now; afterwards whatever was committed before can be found. */
    public void catchUp() {
        Optional<Long> last = archive.lastUndrawn();
        while (last.isPresent()) {
            long upTo = last.get();
            Boolean more = transaction.execute(_ -> some(upTo));
            if (!Boolean.TRUE.equals(more)) {
                return;
            }
        }
    }

    private boolean some(long upTo) {
        archive.oneAtATime();
        List<Undrawn> waiting = archive.undrawn(upTo, AT_ONCE);
        if (waiting.isEmpty()) {
            return false;
        }
        Map<String, Optional<Party>> known = new HashMap<>();
        List<Drawn> drawn = new ArrayList<>(waiting.size());
        for (Undrawn each : waiting) {
            drawn.add(draw(each, known));
        }
        archive.keep(drawn);
        return true;
    }

    private Drawn draw(Undrawn event, Map<String, Optional<Party>> known) {
        EventFacts facts = facts(event);
        Set<UUID> partners = new LinkedHashSet<>();
        Set<UUID> shown = new LinkedHashSet<>(event.handedInBy());
        Set<String> districts = new LinkedHashSet<>();
        UUID owner = event.party();
        if (owner != null) {
            shown.add(owner);
            partners.add(owner);
        }
        for (UUID each : shown) {
            known.computeIfAbsent(each.toString(), _ -> parties.find(each))
                    .ifPresent(p -> prefixes(p.district(), districts));
        }
        for (String word : facts.words()) {
            Matcher place = GLN.matcher(word);
            if (place.matches()) {
                Optional<Party> party =
                        known.computeIfAbsent(place.group(2), gln -> parties.findByGln(gln));
                party.ifPresent(p -> prefixes(p.district(), districts));
                if (place.group(1).indexOf('_') > 0) {
                    party.ifPresent(p -> partners.add(p.id()));
                }
            }
        }
        shown.addAll(partners);
        return new Drawn(event, partners, shown, districts, facts);
    }

    private static void prefixes(String district, Set<String> into) {
        for (int i = 1; i <= district.length(); i++) {
            into.add(district.substring(0, i));
        }
    }

    private static EventFacts facts(Undrawn event) {
        try {
            JsonNode json = EpcisJson.parse(event.body().getBytes(UTF_8));
            Context context = new Context(EpcisJson.parse(event.context().getBytes(UTF_8)));
            if (EpcisJson.readEvent(json, "", Strictness.LENIENT, context)
                    instanceof Reading.Understood understood) {
                EventFacts facts = EventFacts.of(understood.event(), context);
                Set<String> words = new LinkedHashSet<>(facts.words());
                words.add(EventFacts.word("eventID", event.eventId()));
                return new EventFacts(words, facts.numbers(), facts.times());
            }
        } catch (UnreadableDocument unreadable) {
            LOG.warn("event {} cannot be read any more", event.hash(), unreadable);
        }
        return new EventFacts(
                Set.of(EventFacts.word("eventID", Identifier.canonical(event.eventId()))),
                Map.of(),
                Map.of());
    }
}
