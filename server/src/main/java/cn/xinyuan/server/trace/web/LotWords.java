package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Parties;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.trace.Lot;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Lots and acts in words. */
@Component
class LotWords {

    private static final Map<String, String> ACTS =
            Map.ofEntries(
                    Map.entry("harvest", "采收"),
                    Map.entry("merge", "合并"),
                    Map.entry("sort", "分选"),
                    Map.entry("pack", "包装"),
                    Map.entry("split", "拆分"),
                    Map.entry("ship", "发货"),
                    Map.entry("return", "退货"),
                    Map.entry("receive", "收货"),
                    Map.entry("waste", "报废"),
                    Map.entry("label", "贴标激活"),
                    Map.entry("observe", "记录"),
                    Map.entry("aggregate", "装箱"),
                    Map.entry("disaggregate", "拆箱"),
                    Map.entry("reverse", "更正（撤销原记录）"));

    private final Parties parties;
    private final Standards standards;

    LotWords(Parties parties, Standards standards) {
        this.parties = parties;
        this.standards = standards;
    }

    static String kind(Lot.Kind kind) {
        return switch (kind) {
            case HARVEST -> "采收批";
            case MERGED -> "合并批";
            case SORTED -> "分选批";
            case PACKED -> "包装批";
            case SPLIT -> "拆分批";
            case FOREIGN -> "外来批";
        };
    }

    static String act(String command) {
        return ACTS.getOrDefault(command, command);
    }

    /** Such as 桂味荔枝 · 一级. */
    String goods(Lot lot) {
        return (lot.variety().isBlank() ? "" : lot.variety())
                + standards.categoryName(lot.category())
                + (lot.grade().isBlank() ? "" : " · " + lot.grade());
    }

    /** Such as 496 箱 · 1,240 kg. */
    static String amount(BigDecimal kilograms, long packs) {
        return packs > 0 ? Words.count(packs) + " 箱 · " + Words.kg(kilograms) : Words.kg(kilograms);
    }

    static Badge state(Lot lot) {
        return lot.held() == null ? Badge.FREE : Badge.HELD;
    }

    String party(UUID id) {
        return parties.find(id).map(Party::name).orElse("—");
    }

    String town(String code) {
        return parties.district(code).name();
    }
}
