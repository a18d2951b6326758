package cn.xinyuan.server.scan.usecase;

import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.Product;
import cn.xinyuan.server.certificates.Certificates;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.issuing.Codes.Tag;
import cn.xinyuan.server.laboratory.Laboratory;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.Licences;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.recall.Recalls;
import cn.xinyuan.server.recall.Recalls.Recall;
import cn.xinyuan.server.scan.domain.Changes.Look;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.domain.Finding.Why;
import cn.xinyuan.server.scan.domain.Story;
import cn.xinyuan.server.scan.domain.Story.Ground;
import cn.xinyuan.server.scan.domain.Story.Told;
import cn.xinyuan.server.scan.domain.Tally.Counted;
import cn.xinyuan.server.scan.domain.TypedCode;
import cn.xinyuan.server.scan.domain.Verdict;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Genealogy.Step;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks a code up: its tag by the keys, what it rests on from memory, as long as {@link Freshness}
 * vouches for it. A decision that was acknowledged on this node shows on the next scan, one of
 * another node within a second. When the database is away only what can never change back is said:
 * that the tag is genuine or not, and that the lot was recalled, the code voided, the licence
 * revoked.
 */
@Component
public class LookUp {

    /** Longer than memory takes. */
    private static final Duration SOON = Duration.ofMillis(200);

    private static final int MANY_BATCHES = 50_000;

    /** Bytes that a story and its pages take, roughly. */
    private static final long STORY = 24_000;

    private final Codes codes;
    private final Labels labels;
    private final Lots lots;
    private final Genealogy genealogy;
    private final Recalls recalls;
    private final Licences licences;
    private final Certificates certificates;
    private final Laboratory laboratory;
    private final Catalog catalog;
    private final Parties parties;
    private final Freshness fresh;
    private final CountScans counts;
    private final Clock clock;
    private final int graceMonths;
    private final TransactionTemplate reading;
    private final Memory<Long, OnLots> batches;
    private final Memory<Ground, Story> stories;

    /**
     * Which codes of a batch are on which lots, in the order of their serials.
     *
     * @param one any code of the batch: whose they are, and under which licence
     */
    private record OnLots(long batch, Issued one, List<Labels.Range> ranges) {

        /** A code of the batch of which it is not known whether it is void. */
        Issued issued(Tag tag) {
            return new Issued(
                    tag.code(),
                    batch,
                    tag.serial(),
                    one.party(),
                    one.product(),
                    one.licence(),
                    one.season(),
                    null);
        }

        @Nullable UUID lotOf(long serial) {
            int low = 0;
            int high = ranges.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                Labels.Range range = ranges.get(middle);
                if (serial < range.first()) {
                    high = middle - 1;
                } else if (serial >= range.first() + range.count()) {
                    low = middle + 1;
                } else {
                    return range.lot();
                }
            }
            return null;
        }
    }

    LookUp(
            Codes codes,
            Labels labels,
            Lots lots,
            Genealogy genealogy,
            Recalls recalls,
            Licences licences,
            Certificates certificates,
            Laboratory laboratory,
            Catalog catalog,
            Parties parties,
            Freshness fresh,
            CountScans counts,
            Clock clock,
            PlatformTransactionManager transactions,
            @Value("${xinyuan.scan.season-grace-months:12}") int graceMonths) {
        this.codes = codes;
        this.labels = labels;
        this.lots = lots;
        this.genealogy = genealogy;
        this.recalls = recalls;
        this.licences = licences;
        this.certificates = certificates;
        this.laboratory = laboratory;
        this.catalog = catalog;
        this.parties = parties;
        this.fresh = fresh;
        this.counts = counts;
        this.clock = clock;
        this.graceMonths = graceMonths;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.batches =
                new Memory<>(MANY_BATCHES, (on, look) -> look.batches().contains(on.batch()));
        this.stories =
                new Memory<>(
                        (int) Math.max(200, Runtime.getRuntime().maxMemory() / 8 / STORY),
                        (story, look) -> story.isAbout(look.about()));
        fresh.tell(this::forget);
    }

    private void forget(@Nullable Look look) {
        batches.forget(look);
        stories.forget(look);
    }

    /** Forgets everything that is remembered: the next scans ask the database. */
    public void forget() {
        forget(null);
    }

    /** All that may be known of a code as it was typed or scanned. */
    public Finding find(String typed) {
        return find(typed, null, null);
    }

    /**
     * The same for a GS1 Digital Link, whose product and lot must agree with the code: a label that
     * contradicts itself is nobody's.
     */
    public Finding find(String typed, @Nullable String gtin, @Nullable String lotNumber) {
        TypedCode code = TypedCode.of(typed);
        Optional<Tag> tag = code.isWellFormed() ? codes.open(code.text()) : Optional.empty();
        return tag.isEmpty()
                ? Finding.unknown(code, Why.NO_SUCH_CODE)
                : find(code, tag.get(), gtin, lotNumber);
    }

    private Finding find(
            TypedCode code, Tag tag, @Nullable String gtin, @Nullable String lotNumber) {
        if (!fresh.isSure()) {
            return remembered(code, tag);
        }
        try {
            Optional<Issued> issued = codes.read(tag.code());
            if (issued.isEmpty()) {
                return Finding.unknown(code, Why.NO_SUCH_CODE);
            }
            Story story = story(ground(issued.get(), onLots(issued.get()).lotOf(tag.serial())));
            if (contradicts(story.told(), gtin, lotNumber)) {
                return Finding.unknown(code, Why.LABEL_CONTRADICTS);
            }
            return found(code, issued.get(), story, counts.counted(tag).orElse(null));
        } catch (Memory.Away | DataAccessException away) {
            return remembered(code, tag);
        }
    }

    private OnLots onLots(Issued issued) {
        long batch = issued.batch();
        return batches.get(
                batch, () -> read(() -> new OnLots(batch, issued, labels.rangesOf(batch))));
    }

    private static Ground ground(Issued issued, @Nullable UUID lot) {
        return new Ground(issued.party(), issued.product(), issued.licence(), issued.season(), lot);
    }

    private Story story(Ground ground) {
        Story story = stories.get(ground, () -> read(() -> tell(ground)));
        if (!story.day().equals(ChinaTime.today(clock))) {
            stories.forgetOne(ground);
            story = stories.get(ground, () -> read(() -> tell(ground)));
        }
        return story;
    }

    /** The story under which a genuine code stands; empty when the database is away. */
    Optional<Story> story(Tag tag) {
        try {
            return codes.read(tag.code()).map(i -> story(ground(i, onLots(i).lotOf(i.serial()))));
        } catch (Memory.Away | DataAccessException away) {
            return Optional.empty();
        }
    }

    private <T> T read(Supplier<T> what) {
        T read = reading.execute(status -> what.get());
        if (read == null) {
            throw new IllegalStateException("nothing was read");
        }
        return read;
    }

    private Story tell(Ground ground) {
        LocalDate today = ChinaTime.today(clock);
        UUID id = ground.lot();
        Product product = catalog.find(ground.product()).orElse(null);
        Party producer = parties.find(ground.party()).orElse(null);
        Licence licence = licences.find(ground.licence()).orElse(null);
        Lot lot = id == null ? null : lots.find(id).orElse(null);
        Recall recall = id == null ? null : recalls.reaching(id).orElse(null);
        List<Step> route = id == null ? List.of() : genealogy.route(id);
        var told =
                new Told(
                        product,
                        producer,
                        licence,
                        lot,
                        recall,
                        id == null ? null : certificates.ofLot(id).orElse(null),
                        id == null ? List.of() : laboratory.reportsOn(id),
                        id == null ? null : laboratory.coverage(id),
                        route);
        Set<UUID> about =
                new HashSet<>(List.of(ground.party(), ground.product(), ground.licence()));
        Set<String> districts = new HashSet<>();
        if (producer != null) {
            districts.add(producer.district());
        }
        if (id != null) {
            about.add(id);
            about.addAll(genealogy.ancestors(id));
            about.addAll(genealogy.plots(id));
            if (recall != null) {
                about.add(recall.id());
            }
            for (Step step : route) {
                if (about.add(step.party())) {
                    parties.find(step.party()).ifPresent(p -> districts.add(p.district()));
                }
            }
        }
        return new Story(ground, told, today, about, districts);
    }

    private Finding found(TypedCode code, Issued issued, Story story, @Nullable Counted counted) {
        Told t = story.told();
        Verdict verdict =
                Verdict.of(
                        t.recall() != null,
                        issued.voided() != null,
                        t.licence() == null ? null : t.licence().standing(),
                        isOver(issued.season(), story.day()),
                        t.lot() != null && t.lot().held() != null,
                        t.lot() != null,
                        counted != null && counted.evidence() != null);
        return new Finding(
                code,
                verdict.state(),
                verdict.why(),
                issued,
                t.product(),
                t.producer(),
                t.licence(),
                t.lot(),
                t.recall(),
                t.certificate(),
                t.reports(),
                t.coverage(),
                t.route(),
                counted,
                story);
    }

    /** While the database is away: what was known and is never taken back. */
    private Finding remembered(TypedCode code, Tag tag) {
        OnLots on = batches.peek(tag.batch()).orElse(null);
        if (on == null) {
            return Finding.unchecked(code);
        }
        Issued issued = known(tag).orElseGet(() -> on.issued(tag));
        return stories.peek(ground(issued, on.lotOf(tag.serial())))
                .map(story -> found(code, issued, story, null))
                .filter(LookUp::isForGood)
                .orElseGet(() -> Finding.unchecked(code));
    }

    private static boolean isForGood(Finding last) {
        return last.why() == Why.RECALL
                || last.why() == Why.CODE_VOID
                || last.why() == Why.LICENCE_REVOKED;
    }

    /** What memory has of a code; empty if the database would have to be asked. */
    private Optional<Issued> known(Tag tag) {
        try {
            return Memory.soon(
                    CompletableFuture.supplyAsync(
                            () -> codes.read(tag.code()), Thread::startVirtualThread),
                    SOON);
        } catch (Memory.Away away) {
            return Optional.empty();
        }
    }

    private boolean isOver(int season, LocalDate today) {
        LocalDate last = LocalDate.of(season, 12, 31).plusMonths(graceMonths);
        return today.isAfter(last);
    }

    private static boolean contradicts(
            Told told, @Nullable String gtin, @Nullable String lotNumber) {
        Product product = told.product();
        Lot lot = told.lot();
        if (gtin != null && product != null && !pad(gtin).equals(pad(product.gtin()))) {
            return true;
        }
        return lotNumber != null && lot != null && !lotNumber.equalsIgnoreCase(lot.number());
    }

    private static String pad(String gtin) {
        return gtin.length() >= 14 ? gtin : "0".repeat(14 - gtin.length()) + gtin;
    }
}
