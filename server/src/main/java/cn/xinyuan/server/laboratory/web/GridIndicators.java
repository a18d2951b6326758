package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.domain.DetectionLimits;
import cn.xinyuan.server.laboratory.domain.LabBook.Queued;
import cn.xinyuan.server.laboratory.domain.TakenSample;
import cn.xinyuan.server.laboratory.usecase.KeepReports;
import cn.xinyuan.server.standards.Standards;
import cn.xinyuan.server.standards.Standards.LimitInForce;
import cn.xinyuan.server.standards.Standards.Line;
import cn.xinyuan.server.standards.Standards.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a grid of samples is about: the indicators of the edition in force, and what was used. */
@Component
class GridIndicators {

    private final KeepReports reports;
    private final Standards standards;

    GridIndicators(KeepReports reports, Standards standards) {
        this.reports = reports;
        this.standards = standards;
    }

    /** Samples that are judged alike. */
    String key(TakenSample sample) {
        return standards.governing(sample.category()) + " " + edition(sample);
    }

    String edition(TakenSample sample) {
        return standards
                .inForce(sample.category(), sample.sample().day())
                .map(Standards.Edition::number)
                .orElse("");
    }

    boolean isDemo(TakenSample sample) {
        return standards
                .inForce(sample.category(), sample.sample().day())
                .map(Standards.Edition::demo)
                .orElse(false);
    }

    List<LimitInForce> limits(TakenSample sample) {
        return standards.limits(sample.category(), sample.sample().day());
    }

    Map<String, LimitInForce> bySubstance(TakenSample sample) {
        return limits(sample).stream()
                .collect(Collectors.toMap(LimitInForce::substance, l -> l, (a, b) -> a));
    }

    @Nullable LimitInForce limit(Map<String, LimitInForce> limits, String substance) {
        LimitInForce own = limits.get(substance);
        return own != null
                ? own
                : limits.values().stream()
                        .filter(l -> standards.covers(l.substance(), substance))
                        .findFirst()
                        .orElse(null);
    }

    static String words(LimitInForce limit) {
        return "≤" + limit.atMost().toPlainString() + " " + limit.unit();
    }

    /** What the laboratory last tested this product for, with what its method could see. */
    Map<String, DetectionLimits> panel(TakenSample like, List<Queued> queue) {
        var panel = new LinkedHashMap<String, DetectionLimits>();
        queue.stream()
                .filter(q -> q.sample().category().equals(like.category()))
                .map(Queued::latest)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(
                        latest -> {
                            for (Line line : latest.report().judgement().lines()) {
                                panel.put(line.substance(), seen(line.value()));
                            }
                        });
        return panel;
    }

    private static DetectionLimits seen(Value value) {
        if (!value.unit().equals("mg/kg")) {
            return DetectionLimits.UNKNOWN;
        }
        return switch (value.kind()) {
            case FOUND -> DetectionLimits.UNKNOWN;
            case NOT_DETECTED -> new DetectionLimits(value.figure(), null);
            case BELOW_LOQ -> new DetectionLimits(null, value.figure());
        };
    }

    /** Indicators for what was sprayed on a lot and nobody ticked: 用什么药、检什么药. */
    Set<String> usedButNotIn(Set<String> columns, List<TakenSample> samples) {
        List<String> limited =
                limits(samples.getFirst()).stream().map(LimitInForce::substance).toList();
        var missing = new LinkedHashSet<String>();
        for (String used : allUsed(samples)) {
            boolean there =
                    columns.stream().anyMatch(c -> standards.covers(c, used))
                            || missing.stream().anyMatch(c -> standards.covers(c, used));
            if (!there) {
                missing.add(
                        limited.stream()
                                .filter(l -> standards.covers(l, used))
                                .findFirst()
                                .orElse(used));
            }
        }
        return missing;
    }

    private Set<String> allUsed(List<TakenSample> samples) {
        return samples.stream()
                .flatMap(s -> used(s).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Set<String> used(TakenSample sample) {
        return reports.coverage(sample.sample().lot()).used();
    }
}
