package cn.xinyuan.server.licensing.domain;

import cn.xinyuan.server.licensing.Evaluation;
import cn.xinyuan.server.licensing.Licence;
import cn.xinyuan.server.licensing.domain.LicenceApplication.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All applications and licences. */
public interface CaseBook {

    /** The next of a kind of number in a year, beginning with 1. */
    int nextSerial(String kind, int year);

    /**
     * @throws cn.xinyuan.server.pages.Refused if somebody else changed it since it was read, or
     *     there is an open case for the product
     */
    void save(LicenceApplication application);

    Optional<LicenceApplication> find(UUID id);

    Optional<LicenceApplication> findByNumber(String number);

    /** Newest first. */
    List<LicenceApplication> of(UUID party);

    /** By deadline, the decided ones last. */
    List<LicenceApplication> all();

    List<Step> steps(UUID application);

    /**
     * @return false if the expert gave one already
     */
    boolean add(UUID application, Opinion opinion);

    /** Oldest first. */
    List<Opinion> opinions(UUID application);

    /** What an expert thinks of a case. */
    record Opinion(Evaluation.Advice advice, String text, UUID by, String name, Instant at) {}

    void add(Granted licence, Instant at);

    /**
     * Changes the standing from what it was read as.
     *
     * @return false if somebody else changed it meanwhile
     */
    boolean changeStanding(UUID licence, Licence.Standing from, Licence.Standing to, String reason);

    void writeDown(LicenceAct act, UUID by, String name);

    Optional<Granted> findLicence(UUID id);

    Optional<Granted> findLicenceByNumber(String number);

    /** Newest first. */
    List<Granted> licencesOf(UUID party);

    /** Newest first. */
    List<Granted> allLicences();

    List<ActRow> acts(UUID licence);

    /** A licence with what only licensing keeps of it; the standing knows nothing of the day. */
    record Granted(Licence licence, UUID application, String district) {}

    /** One act for the page. */
    record ActRow(LicenceAct.Kind kind, String name, String reason, Instant at) {}
}
