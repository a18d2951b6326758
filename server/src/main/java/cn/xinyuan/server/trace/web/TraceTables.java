package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.server.pages.Spreadsheet;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.trace.Genealogy;
import cn.xinyuan.server.trace.Labels;
import cn.xinyuan.server.trace.Lot;
import cn.xinyuan.server.trace.Lots;
import cn.xinyuan.server.trace.domain.TracedStep;
import cn.xinyuan.server.trace.domain.TracedStep.Item;
import cn.xinyuan.server.trace.domain.TracedStep.Kind;
import cn.xinyuan.server.trace.web.GraphFiles.Told;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Traces as tables. What no event says stays an empty cell.
 *
 * <ul>
 *   <li>the sortable spreadsheet of key data elements that the US food traceability rule asks for
 *       within 24 hours: 21 CFR 1.1455(c)(3)(ii), with the elements of 1.1325 to 1.1350;
 *   <li>a table in the manner of NY/T 4712-2025: each step with its own data, its source and its
 *       destination;
 *   <li>the lots that a trace reached.
 * </ul>
 */
@Component
class TraceTables {

    private static final List<String> KEY_DATA =
            List.of(
                    "Critical tracking event",
                    "21 CFR",
                    "Traceability lot code",
                    "Traceability lot code: GTIN",
                    "Product description",
                    "Quantity",
                    "Unit of measure",
                    "Date",
                    "Time",
                    "Location description",
                    "Location: GLN",
                    "Immediate previous source",
                    "Immediate subsequent recipient",
                    "Traceability lot code source",
                    "Farm where harvested",
                    "Field or growing area",
                    "Traceability lot codes used",
                    "Quantities used",
                    "Reference documents",
                    "EPCIS event");

    private static final List<String> STEPS =
            List.of(
                    "环节",
                    "日期",
                    "责任主体",
                    "统一社会信用代码",
                    "地点",
                    "产品",
                    "批次号",
                    "数量",
                    "单位",
                    "来源主体",
                    "来源批次",
                    "去向主体",
                    "去向批次",
                    "凭证",
                    "事件标识");

    private static final List<String> LOTS =
            List.of("批次号", "种类", "品名", "重量 kg", "箱数", "主体", "产地", "日期", "状态", "标识");

    private static final List<String> RECALL =
            List.of(
                    "批次号",
                    "种类",
                    "品名",
                    "生产日期",
                    "生产主体",
                    "现在的持有者",
                    "位置码 GLN",
                    "联系电话",
                    "位置",
                    "重量 kg",
                    "箱数",
                    "码段（码批：起-止）");

    private static final Map<String, String> UNITS =
            Map.of(
                    "KGM", "kg", "GRM", "g", "TNE", "t", "LBR", "lb", "ONZ", "oz", "LTR", "L", "",
                    "pieces");

    private final Parties parties;

    TraceTables(Parties parties) {
        this.parties = parties;
    }

    /** The goods of a class in words, by the GTIN; empty for what nobody here sells. */
    interface Goods {
        String describe(Item item);
    }

    void keyData(List<TracedStep> steps, Goods goods, Spreadsheet.Format format, OutputStream to)
            throws IOException {
        Map<String, TracedStep> origins = origins(steps);
        Map<String, Set<UUID>> grown = grown(steps);
        Spreadsheet.write(
                format,
                to,
                "Key data elements",
                KEY_DATA,
                cells -> {
                    for (TracedStep step : steps) {
                        Item made = step.made();
                        cells.text(event(step.kind()))
                                .text(step.kind().section())
                                .text(lot(made))
                                .text(gtin(made))
                                .text(goods.describe(made));
                        amount(cells, made);
                        cells.text(UNITS.getOrDefault(made.unit(), made.unit()))
                                .text(step.day().toString())
                                .text(step.time().substring(11))
                                .text(location(step.where()))
                                .text(gln(step.where()))
                                .text(all(step.sources()))
                                .text(all(step.destinations()))
                                .text(source(origins.get(made.name())))
                                .text(each(grown.get(made.name()), this::farm))
                                .text(each(grown.get(made.name()), this::field))
                                .text(lots(step.from()))
                                .text(amounts(step.from()))
                                .text(String.join("; ", step.documents()))
                                .text(step.eventId())
                                .end();
                    }
                });
    }

    void steps(List<TracedStep> steps, Goods goods, Spreadsheet.Format format, OutputStream to)
            throws IOException {
        Map<String, List<String>> uses =
                steps.stream()
                        .flatMap(
                                s -> s.from().stream().map(f -> Map.entry(f.name(), lot(s.made()))))
                        .collect(
                                Collectors.groupingBy(
                                        Map.Entry::getKey,
                                        Collectors.mapping(
                                                Map.Entry::getValue, Collectors.toList())));
        Spreadsheet.write(
                format,
                to,
                "追溯环节",
                STEPS,
                cells -> {
                    for (TracedStep step : steps) {
                        Item made = step.made();
                        Optional<Party> here = party(step.where());
                        boolean moves = step.kind() == Kind.SHIPPING;
                        cells.text(word(step.kind()))
                                .text(step.day().toString())
                                .text(here.map(Party::name).orElse(""))
                                .text(here.map(Party::creditCode).orElse(""))
                                .text(
                                        step.plot() == null
                                                ? here.map(p -> town(p.district()))
                                                        .orElse(step.where())
                                                : field(step.plot()))
                                .text(goods.describe(made))
                                .text(lot(made));
                        amount(cells, made);
                        cells.text(unit(made.unit()))
                                .text(all(step.sources()))
                                .text(lots(step.from()))
                                .text(all(step.destinations()))
                                .text(
                                        moves
                                                ? ""
                                                : uses.getOrDefault(made.name(), List.of()).stream()
                                                        .distinct()
                                                        .collect(Collectors.joining("; ")))
                                .text(String.join("; ", step.documents()))
                                .text(step.eventId())
                                .end();
                    }
                });
    }

    static void lots(List<Told> nodes, Spreadsheet.Format format, OutputStream to)
            throws IOException {
        Spreadsheet.write(
                format,
                to,
                "批次",
                LOTS,
                cells -> {
                    for (Told node : nodes) {
                        cells.text(node.number()).text(node.kind()).text(node.goods());
                        if (node.kilograms() == null) {
                            cells.text("");
                        } else {
                            cells.number(node.kilograms());
                        }
                        if (node.packs() == 0) {
                            cells.text("");
                        } else {
                            cells.number(node.packs());
                        }
                        cells.text(node.party())
                                .text(node.place())
                                .text(node.day())
                                .text(node.state())
                                .text(node.identifier())
                                .end();
                    }
                });
    }

    /**
     * What a recall reaches: a row for whoever holds some of a lot now, in hand or on the way, and
     * one for each lot of which nothing is left.
     *
     * @param goods the goods of a lot in words
     */
    void recall(
            Genealogy.RecallScope scope,
            List<Labels.Range> ranges,
            Function<Lot, String> goods,
            Spreadsheet.Format format,
            OutputStream to)
            throws IOException {
        Map<UUID, List<Lots.Holding>> held =
                scope.holdings().stream().collect(Collectors.groupingBy(Lots.Holding::lot));
        Map<UUID, String> codes =
                ranges.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Labels.Range::lot,
                                        Collectors.mapping(
                                                TraceTables::range, Collectors.joining("; "))));
        Spreadsheet.write(
                format,
                to,
                "召回范围",
                RECALL,
                cells -> {
                    for (Lot lot : scope.lots()) {
                        List<Lots.Holding> here = held.getOrDefault(lot.id(), List.of());
                        String on = codes.getOrDefault(lot.id(), "");
                        if (here.isEmpty()) {
                            about(lot, goods, cells);
                            cells.text("").text("").text("").text("已无剩余");
                            cells.number(BigDecimal.ZERO).number(0).text(on).end();
                        }
                        for (Lots.Holding each : here) {
                            about(lot, goods, cells);
                            Optional<Party> holder = parties.find(each.party());
                            cells.text(holder.map(Party::name).orElse(""))
                                    .text(holder.map(Party::gln).orElse(""))
                                    .text(holder.map(TraceTables::phone).orElse(""))
                                    .text(each.inTransit() ? "在途" : "在手")
                                    .number(each.kilograms())
                                    .number(each.packs())
                                    .text(on)
                                    .end();
                        }
                    }
                });
    }

    private void about(Lot lot, Function<Lot, String> goods, Spreadsheet.Cells cells)
            throws IOException {
        cells.text(lot.number())
                .text(LotWords.kind(lot.kind()))
                .text(goods.apply(lot))
                .text(lot.day().toString())
                .text(parties.find(lot.maker()).map(Party::name).orElse(""));
    }

    private static String range(Labels.Range range) {
        return range.batch() + "：" + range.first() + "-" + (range.first() + range.count() - 1);
    }

    /** Of a firm; a farmer's own number is nobody's but the cooperative's. */
    private static String phone(Party party) {
        return party.kind() == Party.Kind.FARMER ? "" : party.phone();
    }

    /** The plots that the goods of each lot grew on, as far as the steps tell. */
    private static Map<String, Set<UUID>> grown(List<TracedStep> steps) {
        Map<String, Set<UUID>> grown = new HashMap<>();
        for (TracedStep step : steps) {
            Set<UUID> plots = new LinkedHashSet<>();
            if (step.plot() != null) {
                plots.add(step.plot());
            }
            step.from().forEach(f -> plots.addAll(grown.getOrDefault(f.name(), Set.of())));
            grown.computeIfAbsent(step.made().name(), _ -> new LinkedHashSet<>()).addAll(plots);
        }
        return grown;
    }

    private static String each(@Nullable Set<UUID> plots, Function<UUID, String> words) {
        return plots == null
                ? ""
                : plots.stream().map(words).distinct().collect(Collectors.joining("; "));
    }

    /** The step that gave a lot its code. */
    private static Map<String, TracedStep> origins(List<TracedStep> steps) {
        return steps.stream()
                .filter(
                        s ->
                                switch (s.kind()) {
                                    case HARVESTING,
                                            INITIAL_PACKING,
                                            FIRST_LAND_BASED_RECEIVING,
                                            TRANSFORMATION,
                                            CREATION ->
                                            true;
                                    case HANDLING -> !s.from().isEmpty();
                                    case SHIPPING, RECEIVING, DISPOSAL -> false;
                                })
                .collect(Collectors.toMap(s -> s.made().name(), s -> s, (first, later) -> first));
    }

    private String source(@Nullable TracedStep origin) {
        return origin == null ? "" : location(origin.where());
    }

    /** Business name, telephone, town, country: 21 CFR 1.1310, "location description". */
    private String location(String uri) {
        return party(uri)
                .map(p -> p.name() + ", " + p.phone() + ", " + town(p.district()) + ", CN")
                .orElse(gln(uri).isEmpty() ? uri : "GLN " + gln(uri));
    }

    /** The business at a place, or what events call the place. */
    String who(String uri) {
        return party(uri).map(Party::name).orElse(gln(uri).isEmpty() ? uri : "GLN " + gln(uri));
    }

    static String unit(String code) {
        return code.isEmpty() ? "件" : UNITS.getOrDefault(code, code);
    }

    private String all(List<String> places) {
        return places.stream().map(this::location).collect(Collectors.joining("; "));
    }

    private Optional<Party> party(String uri) {
        String gln = gln(uri);
        return gln.isEmpty() ? Optional.empty() : parties.findByGln(gln);
    }

    private static String gln(String uri) {
        for (String key : List.of("https://id.gs1.org/414/", "https://id.gs1.org/417/")) {
            if (uri.startsWith(key) && uri.length() >= key.length() + 13) {
                return uri.substring(key.length(), key.length() + 13);
            }
        }
        return "";
    }

    private String town(String district) {
        return parties.district(district).name();
    }

    private String farm(@Nullable UUID plot) {
        return land(plot).flatMap(p -> parties.find(p.party())).map(Party::name).orElse("");
    }

    private String field(@Nullable UUID plot) {
        return land(plot).map(p -> p.number() + ", " + town(p.district())).orElse("");
    }

    private Optional<Plot> land(@Nullable UUID plot) {
        return plot == null ? Optional.empty() : parties.findPlot(plot);
    }

    /** The lot number; for a container or a thing its identifier. */
    static String lot(Item item) {
        int at = item.name().indexOf("/10/");
        return at < 0 ? item.name() : item.name().substring(at + 4);
    }

    private static String gtin(Item item) {
        return Identifier.of(item.name()).gtin().orElse("");
    }

    private static String lots(List<Item> items) {
        return items.stream().map(TraceTables::lot).distinct().collect(Collectors.joining("; "));
    }

    private static String amounts(List<Item> items) {
        return items.stream()
                .filter(i -> i.amount() != null)
                .map(
                        i ->
                                lot(i)
                                        + ": "
                                        + GraphFiles.plain(i.amount())
                                        + " "
                                        + UNITS.getOrDefault(i.unit(), i.unit()))
                .collect(Collectors.joining("; "));
    }

    private static void amount(Spreadsheet.Cells cells, Item item) throws IOException {
        if (item.amount() == null) {
            cells.text("");
        } else {
            cells.number(item.amount());
        }
    }

    private static String event(Kind kind) {
        return switch (kind) {
            case HARVESTING -> "Harvesting";
            case INITIAL_PACKING -> "Initial packing";
            case FIRST_LAND_BASED_RECEIVING -> "First land-based receiving";
            case SHIPPING -> "Shipping";
            case RECEIVING -> "Receiving";
            case TRANSFORMATION -> "Transformation";
            case CREATION -> "Lot created (event does not say how)";
            case HANDLING -> "Handling (no critical tracking event)";
            case DISPOSAL -> "Disposal (no critical tracking event)";
        };
    }

    static String word(Kind kind) {
        return switch (kind) {
            case HARVESTING -> "采收";
            case INITIAL_PACKING -> "包装";
            case FIRST_LAND_BASED_RECEIVING -> "上岸接收";
            case SHIPPING -> "发货";
            case RECEIVING -> "收货";
            case TRANSFORMATION -> "加工";
            case CREATION -> "建批";
            case HANDLING -> "整理";
            case DISPOSAL -> "报废";
        };
    }
}
