package cn.xinyuan.server.issuing.usecase;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.codes.ScratchCode;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.Codes.Batch;
import cn.xinyuan.server.issuing.Codes.Issued;
import cn.xinyuan.server.issuing.domain.CodeKeys;
import cn.xinyuan.server.issuing.domain.ScratchBook;
import cn.xinyuan.server.issuing.domain.ScratchBook.Tries;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Refused;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.trace.Labels;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The second factor: whoever opens a box scratches a hidden code free and confirms the first use. A
 * copied label shows the item code, never the hidden one; and what was confirmed once says so ever
 * after. Nobody's name or address is kept.
 */
@Component
public class ConfirmFirstUse {

    /** Wrong tries at one item on one day. */
    public static final int WRONG_A_DAY = 5;

    /** Wrong tries at one item at all: then only the hotline helps. */
    public static final int WRONG_EVER = 50;

    private final Codes codes;
    private final CodeKeys keys;
    private final ScratchBook book;
    private final Labels labels;
    private final Catalog catalog;
    private final Clock clock;

    ConfirmFirstUse(
            Codes codes,
            CodeKeys keys,
            ScratchBook book,
            Labels labels,
            Catalog catalog,
            Clock clock) {
        this.codes = codes;
        this.keys = keys;
        this.book = book;
        this.labels = labels;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What became of a try, or how an item stands before one. */
    public sealed interface Answer {

        /** Not confirmed yet: a try is welcome. */
        record Open() implements Answer {}

        /** Right, and nobody confirmed it before. */
        record First(Instant at) implements Answer {}

        /** Right, but it had been confirmed before. */
        record Before(Instant at) implements Answer {}

        /** Confirmed by somebody; nothing was tried just now. */
        record Confirmed(Instant at) implements Answer {}

        /** Not the hidden code; {@code left} tries are left today. */
        record Wrong(int left) implements Answer {}

        /** Too many wrong tries; {@code forGood} when they do not come back tomorrow. */
        record Locked(boolean forGood) implements Answer {}

        /** No such item, one that is void or not on a pack, or one without a hidden code. */
        record NotOffered() implements Answer {}
    }

    /** How an item stands. */
    @Transactional(readOnly = true)
    public Answer standing(String code) {
        return offered(code)
                .flatMap(i -> book.firstUse(i.batch(), i.serial()))
                .<Answer>map(Answer.Confirmed::new)
                .orElseGet(
                        () ->
                                offered(code).isPresent()
                                        ? new Answer.Open()
                                        : new Answer.NotOffered());
    }

    /** Tries a hidden code. What cannot be one is not counted. */
    @Transactional
    public Answer confirm(String code, String typed) {
        Optional<Issued> found = offered(code);
        if (found.isEmpty()) {
            return new Answer.NotOffered();
        }
        Issued item = found.get();
        Instant now = clock.instant();
        LocalDate today = ChinaTime.day(now);
        Tries tries = book.lock(item.batch(), item.serial(), today);
        if (tries.ever() >= WRONG_EVER) {
            return new Answer.Locked(true);
        }
        if (tries.today() >= WRONG_A_DAY) {
            return new Answer.Locked(false);
        }
        Optional<ScratchCode> tried = ScratchCode.read(typed);
        if (tried.isEmpty()) {
            return new Answer.Wrong(WRONG_A_DAY - tries.today());
        }
        if (!tried.get().is(of(item))) {
            book.wrong(item.batch(), item.serial(), today);
            return new Answer.Wrong(
                    Math.min(WRONG_A_DAY - tries.today(), WRONG_EVER - tries.ever()) - 1);
        }
        if (book.use(item.batch(), item.serial(), now)) {
            return new Answer.First(now);
        }
        return new Answer.Before(book.firstUse(item.batch(), item.serial()).orElseThrow());
    }

    /** The hidden code of an item, for the printer. */
    public ScratchCode scratch(ItemCode code) {
        return keys.engine().scratch(code);
    }

    /** Whether the items of a product bear hidden codes. */
    public boolean isChosen(UUID product) {
        return book.isChosen(product);
    }

    /**
     * The owner says whether a product bears hidden codes from now on. What was printed with one
     * keeps it: the code follows from the item.
     *
     * @throws NotFound for another's batch
     */
    @Transactional
    public void choose(Visitor by, long number, boolean chosen) {
        Batch batch =
                codes.find(number)
                        .filter(b -> b.party().equals(by.party()))
                        .filter(b -> catalog.find(b.product()).isPresent())
                        .orElseThrow(() -> new NotFound("batch " + number));
        if (book.isChosen(batch.product()) != chosen) {
            book.choose(batch.product(), chosen, by.account(), by.name(), clock.instant());
        }
    }

    /**
     * Hands hidden codes of an own batch out for the printing house, which is noted.
     *
     * @throws NotFound for another's batch
     * @throws Problems on serials that the batch has not
     * @throws Refused {@code no-hidden-codes} when its product bears none
     */
    @Transactional
    public CodeRange takeAway(Visitor by, long number, long first, long count) {
        Batch batch =
                codes.find(number)
                        .filter(b -> b.party().equals(by.party()))
                        .orElseThrow(() -> new NotFound("batch " + number));
        if (!book.isChosen(batch.product())) {
            throw new Refused("no-hidden-codes", "这个产品没有开启刮层验证码。请先在打印页开启。");
        }
        new Problems.Collector()
                .require(
                        first >= 0 && first < batch.count(),
                        "from",
                        "序号应在 1 至 " + Words.count(batch.count()) + " 之间。")
                .require(
                        count >= 1 && count <= batch.count() - Math.max(0, first),
                        "count",
                        "没有这么多码，最后一枚是第 " + Words.count(batch.count()) + " 号。")
                .throwIfAny();
        var range = new CodeRange(number, first, count);
        book.tookAway(range, by.account(), by.name(), clock.instant());
        return range;
    }

    private ScratchCode of(Issued item) {
        return keys.engine().scratch(new ItemCode(item.code()));
    }

    private Optional<Issued> offered(String code) {
        return codes.read(code)
                .filter(i -> i.voided() == null)
                .filter(i -> book.isChosen(i.product()))
                .filter(i -> labels.lotOf(i.batch(), i.serial()).isPresent());
    }
}
