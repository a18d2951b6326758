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
            Map.of(
                    "harvest", "采收",
                    "merge", "合并",
                    "sort", "分选",
                    "pack", "包装",
                    "split", "拆分",
                    "ship", "发货",
                    "return", "退货",
                    "receive", "收货",
                    "waste", "报废",
                    "label", "贴标激活");

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
