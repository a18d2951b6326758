package cn.xinyuan.server.licensing.domain;

import cn.xinyuan.server.licensing.Visit;
import cn.xinyuan.server.pages.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A producer's request to carry the mark, from application to decision.
 *
 * <p>The stage has one way to change, {@link #move}: it refuses a step that {@link Stage#next} does
 * not know and writes down who took it and when.
 */
public final class LicenceApplication {

    private final UUID id;
    private final String number;
    private final UUID party;
    private final UUID product;
    private final String district;
    private final BigDecimal yearlyKg;
    private final String statement;
    private final UUID appliedBy;
    private final Instant appliedAt;
    private final int version;
    private final List<Step> taken = new ArrayList<>();

    private Stage stage;
    private List<String> missing;
    private @Nullable String inCharge;
    private @Nullable UUID officer;
    private @Nullable LocalDate deadline;
    private Instant changedAt;

    /**
     * Rebuilds what was stored; {@code version} is that of the row it was read from, 0 for none.
     */
    public LicenceApplication(
            UUID id,
            String number,
            UUID party,
            UUID product,
            String district,
            BigDecimal yearlyKg,
            String statement,
            Stage stage,
            List<String> missing,
            @Nullable String inCharge,
            @Nullable UUID officer,
            @Nullable LocalDate deadline,
            UUID appliedBy,
            Instant appliedAt,
            Instant changedAt,
            int version) {
        this.id = id;
        this.number = number;
        this.party = party;
        this.product = product;
        this.district = district;
        this.yearlyKg = yearlyKg;
        this.statement = statement;
        this.stage = stage;
        this.missing = List.copyOf(missing);
        this.inCharge = inCharge;
        this.officer = officer;
        this.deadline = deadline;
        this.appliedBy = appliedBy;
        this.appliedAt = appliedAt;
        this.changedAt = changedAt;
        this.version = version;
    }

    /** A new case; {@code inCharge} is whoever is in charge of the district. */
    public static LicenceApplication submitted(
            UUID id,
            String number,
            UUID party,
            UUID product,
            String district,
            BigDecimal yearlyKg,
            String statement,
            @Nullable String inCharge,
            Actor by,
            Moment at) {
        var application =
                new LicenceApplication(
                        id,
                        number,
                        party,
                        product,
                        district,
                        yearlyKg,
                        statement,
                        Stage.SUBMITTED,
                        List.of(),
                        inCharge,
                        null,
                        WorkDays.after(at.day(), Stage.SUBMITTED.workDays()),
                        by.account(),
                        at.instant(),
                        at.instant(),
                        0);
        application.taken.add(
                new Step(null, Stage.SUBMITTED, by.account(), by.name(), "", at.instant()));
        return application;
    }

    /** An officer takes the case; from now on it is his. */
    public void review(Actor by, Moment at) {
        notBy(by);
        if (stage == Stage.SENT_BACK) {
            throw impossible(Stage.IN_REVIEW);
        }
        move(Stage.IN_REVIEW, by, "", at);
        inCharge = by.name();
        officer = by.account();
    }

    public void sendBack(List<String> what, Actor by, Moment at) {
        notBy(by);
        onlyByOfficer(by);
        move(Stage.SENT_BACK, by, String.join("；", what), at);
        missing = List.copyOf(what);
    }

    /** The applicant supplies what was missing; the same officer goes on. */
    public void resubmit(String answer, Actor by, Moment at) {
        if (stage != Stage.SENT_BACK) {
            throw impossible(Stage.IN_REVIEW);
        }
        move(Stage.IN_REVIEW, by, answer, at);
        missing = List.of();
    }

    /**
     * @param visit the latest round of the on-site check; null when there was none
     */
    public void grant(String opinion, @Nullable Visit visit, Actor by, Moment at) {
        notBy(by);
        onlyByOfficer(by);
        if (!stage.next().contains(Stage.GRANTED)) {
            throw impossible(Stage.GRANTED);
        }
        for (Duty duty : Stage.GRANTED.needs()) {
            switch (duty) {
                case VISIT -> mustBeVisited(visit);
            }
        }
        move(Stage.GRANTED, by, opinion, at);
    }

    public void refuse(String reason, Actor by, Moment at) {
        notBy(by);
        onlyByOfficer(by);
        move(Stage.REFUSED, by, reason, at);
    }

    private void mustBeVisited(@Nullable Visit visit) {
        if (visit == null || visit.isOpen()) {
            throw new Refused("visit-missing", "申请 " + number + " 还没有完成现场核查，不能授权。请先到现场逐条核查并提交结论。");
        }
        Visit.Conclusion conclusion = visit.conclusion();
        if (conclusion != null && !visit.isPassed()) {
            throw new Refused(
                    "visit-unmet",
                    "申请 "
                            + number
                            + " 的现场核查还有 "
                            + conclusion.count(Visit.Answer.UNMET)
                            + " 条不符合，不能授权。请退回整改，复查全部符合后再办。");
        }
    }

    /** Whoever looks at it on the spot is nobody of the applicant's. */
    public void mayBeCheckedBy(Actor by) {
        notBy(by);
    }

    /** Who handed a case in, or acts for the applicant, has no say in it. */
    private void notBy(Actor by) {
        if (by.account().equals(appliedBy) || party.equals(by.party())) {
            throw new Refused("own-case", "申请人和代为提交的人不能办理自己的申请，请由其他人办理。");
        }
    }

    private void onlyByOfficer(Actor by) {
        if (officer != null && !officer.equals(by.account()) && !by.superior()) {
            throw new Refused("not-in-charge", "这件申请由" + inCharge + "负责，请由本人或市级管理人员办理。");
        }
    }

    private void move(Stage to, Actor by, String note, Moment at) {
        if (!stage.next().contains(to)) {
            throw impossible(to);
        }
        taken.add(new Step(stage, to, by.account(), by.name(), note, at.instant()));
        stage = to;
        deadline = to.isOpen() ? WorkDays.after(at.day(), to.workDays()) : null;
        changedAt = at.instant();
    }

    private Refused impossible(Stage to) {
        return new Refused(
                "impossible-step",
                "申请 " + number + " 现在是“" + word(stage) + "”，不能" + verb(to) + "。请刷新页面。");
    }

    /** A stage in Chinese. */
    public static String word(Stage stage) {
        return switch (stage) {
            case SUBMITTED -> "待审核";
            case IN_REVIEW -> "审核中";
            case SENT_BACK -> "退回补正";
            case GRANTED -> "已授权";
            case REFUSED -> "不予授权";
        };
    }

    private static String verb(Stage to) {
        return switch (to) {
            case SUBMITTED -> "提交";
            case IN_REVIEW -> "开始审核";
            case SENT_BACK -> "退回补正";
            case GRANTED -> "授权";
            case REFUSED -> "作出不予授权的决定";
        };
    }

    public UUID id() {
        return id;
    }

    public String number() {
        return number;
    }

    public UUID party() {
        return party;
    }

    public UUID product() {
        return product;
    }

    public String district() {
        return district;
    }

    public BigDecimal yearlyKg() {
        return yearlyKg;
    }

    public String statement() {
        return statement;
    }

    public Stage stage() {
        return stage;
    }

    public List<String> missing() {
        return missing;
    }

    public @Nullable String inCharge() {
        return inCharge;
    }

    public @Nullable UUID officer() {
        return officer;
    }

    public @Nullable LocalDate deadline() {
        return deadline;
    }

    public UUID appliedBy() {
        return appliedBy;
    }

    public Instant appliedAt() {
        return appliedAt;
    }

    public Instant changedAt() {
        return changedAt;
    }

    public int version() {
        return version;
    }

    /** The steps taken since it was read, oldest first. */
    public List<Step> taken() {
        return List.copyOf(taken);
    }

    /** One change of stage, as it will be read out at an appeal. */
    public record Step(
            @Nullable Stage from, Stage to, UUID by, String name, String note, Instant at) {}

    /**
     * Who takes a step.
     *
     * @param superior may take over another officer's case
     */
    public record Actor(UUID account, String name, @Nullable UUID party, boolean superior) {}

    /** An instant and the day it is in China. */
    public record Moment(Instant instant, LocalDate day) {}
}
