package cn.xinyuan.server.parties.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.parties.Party;
import cn.xinyuan.server.parties.Plot;
import cn.xinyuan.server.parties.usecase.KeepParties;
import cn.xinyuan.server.parties.web.BasePage.PlotRow;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Parties and plots in words. */
@Component
class PartyWords {

    /** The crops at launch, by product category. */
    static final Map<String, String> CROPS =
            Map.of(
                    "litchi", "荔枝",
                    "longan", "龙眼",
                    "sanhua-plum", "三华李",
                    "huajuhong", "化橘红",
                    "peanut", "花生",
                    "tilapia", "罗非鱼");

    private final KeepParties parties;

    PartyWords(KeepParties parties) {
        this.parties = parties;
    }

    List<Choice> crops() {
        return CROPS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> new Choice(e.getKey(), e.getValue()))
                .toList();
    }

    List<Choice> districts() {
        return parties.districts().stream().map(d -> new Choice(d.code(), town(d.code()))).toList();
    }

    /** Such as 高州市根子镇. */
    String town(String code) {
        String own = parties.district(code).name();
        return code.length() == 9 ? parties.district(code.substring(0, 6)).name() + own : own;
    }

    PlotRow row(Plot plot) {
        return new PlotRow(
                plot.number(),
                CROPS.getOrDefault(plot.crop(), plot.crop()),
                plot.variety(),
                Words.mu(plot.areaMu()),
                name(plot.farmer()),
                town(plot.district()));
    }

    List<MembersPage.Row> members(UUID cooperative) {
        return parties.membersOf(cooperative).stream()
                .map(
                        m -> {
                            List<Plot> plots =
                                    parties.plotsOf(m.id()).stream()
                                            .filter(p -> p.party().equals(cooperative))
                                            .toList();
                            return new MembersPage.Row(
                                    m.name(),
                                    town(m.district()),
                                    KeepParties.masked(m.phone()),
                                    plots.size(),
                                    Words.mu(area(plots)));
                        })
                .toList();
    }

    String name(@Nullable UUID party) {
        return Optional.ofNullable(party).flatMap(parties::find).map(Party::name).orElse("—");
    }

    static BigDecimal area(List<Plot> plots) {
        return plots.stream().map(Plot::areaMu).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
