package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.trace.Genealogy.Direction;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.domain.LotGraph;
import cn.xinyuan.server.trace.usecase.FollowGoods;
import cn.xinyuan.server.trace.usecase.FollowGoods.Reach;
import cn.xinyuan.server.trace.usecase.LotsInSight;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what is to be traced out of a request: {@code what}, or {@code maker} or {@code place} with
 * {@code first} and {@code last}; then {@code direction}, {@code depth}, {@code from}, {@code
 * until}.
 */
@Component
class TraceQuestion {

    private static final int DEEPEST = 10_000;

    private final FollowGoods follow;
    private final LotsInSight sight;
    private final Parties parties;

    TraceQuestion(FollowGoods follow, LotsInSight sight, Parties parties) {
        this.follow = follow;
        this.sight = sight;
        this.parties = parties;
    }

    /**
     * @throws Problems when the question cannot be understood
     * @throws NotFound when there is nothing of the kind in the visitor's sight
     */
    LotGraph answer(Visitor by, HttpServletRequest request) {
        Reach reach = reach(request);
        String what = text(request, "what");
        if (!what.isEmpty()) {
            return follow.follow(by, what, reach);
        }
        String maker = text(request, "maker");
        String place = text(request, "place");
        new Problems.Collector()
                .require(
                        !maker.isEmpty() || !place.isEmpty(),
                        "what",
                        "请写批次号、标签编号或 GS1 标识；或者写主体或地点，和起止日期。")
                .throwIfAny();
        LocalDate first = day(request, "first");
        LocalDate last = day(request, "last");
        new Problems.Collector()
                .require(first != null, "first", "请写开始日期。")
                .require(last != null, "last", "请写结束日期。")
                .throwIfAny();
        if (first == null || last == null || last.isBefore(first)) {
            throw Problems.of("last", "结束日期不能早于开始日期。");
        }
        if (maker.isEmpty()) {
            return follow.followPlace(by, place, first, last, reach);
        }
        return follow.followAll(by, party(by, maker), first, last, reach);
    }

    /** How far, from the request; {@code both} ways and to the ends when nothing is said. */
    static Reach reach(HttpServletRequest request) {
        Direction direction =
                switch (text(request, "direction").toLowerCase(Locale.ROOT)) {
                    case "back" -> Direction.BACK;
                    case "forward" -> Direction.FORWARD;
                    case "both", "" -> Direction.BOTH;
                    default -> throw Problems.of("direction", "请写 back、forward 或 both。");
                };
        LocalDate from = day(request, "from");
        LocalDate until = day(request, "until");
        if (from != null && until != null && until.isBefore(from)) {
            throw Problems.of("until", "结束日期不能早于开始日期。");
        }
        String depth = text(request, "depth");
        if (!depth.isEmpty() && !depth.matches("[1-9][0-9]{0,3}")) {
            throw Problems.of("depth", "请写 1 至 9999 的整数，或留空追到底。");
        }
        return new Reach(
                direction, depth.isEmpty() ? DEEPEST : Integer.parseInt(depth), from, until);
    }

    static String text(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("").strip();
    }

    private static @Nullable LocalDate day(HttpServletRequest request, String name) {
        String written = text(request, name);
        try {
            return written.isEmpty() ? null : LocalDate.parse(written);
        } catch (DateTimeParseException _) {
            throw Problems.of(name, "请写成 2025-06-11 这样的日期。");
        }
    }

    /** Among the makers of lots in sight, by name, credit code or location number. */
    private UUID party(Visitor by, String maker) {
        List<Party> found =
                sight.all(by).stream()
                        .map(Lot::maker)
                        .distinct()
                        .flatMap(id -> parties.find(id).stream())
                        .filter(
                                p ->
                                        p.name().contains(maker)
                                                || maker.equals(p.creditCode())
                                                || maker.equals(p.gln()))
                        .toList();
        if (found.size() > 1) {
            throw Problems.of(
                    "maker",
                    "有 "
                            + found.size()
                            + " 个主体的名称含有“"
                            + maker
                            + "”，请写全："
                            + String.join("、", found.stream().map(Party::name).toList()));
        }
        return found.stream()
                .map(Party::id)
                .findFirst()
                .orElseThrow(() -> new NotFound("没有找到名称含有“" + maker + "”的主体的批次"));
    }
}
