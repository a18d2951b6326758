package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.standards.Standards;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The JSON twin of the scan page. What is missing is null or empty, never left out. */
record ScanJson(
        String code,
        String state,
        String reason,
        String ground,
        @Nullable ProductJson product,
        @Nullable ProducerJson producer,
        @Nullable LotJson lot,
        @Nullable LicenceJson licence,
        @Nullable CertificateJson certificate,
        @Nullable RecallJson recall,
        List<TestJson> tests,
        List<StepJson> route,
        ScansJson scans) {

    static ScanJson of(Finding f, ScanWords words, boolean counts, Instant now) {
        var counted = f.counted();
        long scans = (counted == null ? 0 : counted.scans()) + (counts ? 1 : 0);
        Instant first = counted != null ? counted.first() : counts ? now : null;
        return new ScanJson(
                f.code(),
                f.state().name(),
                words.reason(f, false),
                f.why().name(),
                f.product() == null
                        ? null
                        : new ProductJson(
                                f.product().gtin(),
                                f.product().name(),
                                f.product().nameEn(),
                                f.product().category(),
                                f.product().variety(),
                                f.product().grade(),
                                f.product().pack(),
                                f.product().geographicalIndication()),
                f.producer() == null
                        ? null
                        : new ProducerJson(
                                f.producer().name(),
                                f.producer().nameEn(),
                                f.producer().gln(),
                                f.producer().district()),
                f.lot() == null
                        ? null
                        : new LotJson(
                                f.lot().number(),
                                f.lot().day(),
                                f.lot().variety(),
                                f.lot().grade(),
                                f.lot().district(),
                                f.lot().held() != null),
                f.licence() == null
                        ? null
                        : new LicenceJson(
                                f.licence().number(),
                                f.licence().standing().name(),
                                f.licence().from(),
                                f.licence().until(),
                                "OFFICIAL"),
                f.certificate() == null
                        ? null
                        : new CertificateJson(
                                f.certificate().number(),
                                f.certificate().day(),
                                new TreeSet<>(
                                        f.certificate().basis().stream().map(Enum::name).toList()),
                                "SELF_DECLARED"),
                f.recall() == null
                        ? null
                        : new RecallJson(
                                f.recall().number(),
                                f.recall().level().name(),
                                f.recall().reason(),
                                ChinaTime.day(f.recall().publishedAt()),
                                f.recall().closed()),
                f.reports().stream().map(TestJson::of).toList(),
                f.route().stream()
                        .map(
                                s ->
                                        new StepJson(
                                                s.day(),
                                                RouteWords.kind(s),
                                                s.place(),
                                                s.placeEn(),
                                                "SELF_DECLARED"))
                        .distinct()
                        .toList(),
                new ScansJson(scans, first));
    }

    /** The same with other scans. */
    ScanJson with(long scans, @Nullable Instant first) {
        return new ScanJson(
                code,
                state,
                reason,
                ground,
                product,
                producer,
                lot,
                licence,
                certificate,
                recall,
                tests,
                route,
                new ScansJson(scans, first));
    }

    record ProductJson(
            String gtin,
            String name,
            String nameEn,
            String category,
            @Nullable String variety,
            String grade,
            String pack,
            boolean geographicalIndication) {}

    record ProducerJson(String name, String nameEn, String gln, String district) {}

    record LotJson(
            String number,
            LocalDate day,
            String variety,
            String grade,
            String district,
            boolean held) {}

    record LicenceJson(
            String number, String standing, LocalDate from, LocalDate until, String source) {}

    record CertificateJson(String number, LocalDate day, Set<String> basis, String source) {}

    record RecallJson(
            String number, String level, String reason, LocalDate published, boolean closed) {}

    record TestJson(
            String number,
            LocalDate sampled,
            LocalDate issued,
            String outcome,
            String edition,
            List<LineJson> lines,
            String source) {

        static TestJson of(cn.xinyuan.server.laboratory.Laboratory.Report r) {
            Standards.Judgement j = r.judgement();
            return new TestJson(
                    r.number(),
                    r.sampled(),
                    r.day(),
                    j.outcome().name(),
                    j.edition(),
                    j.lines().stream()
                            .map(
                                    l ->
                                            new LineJson(
                                                    l.substance(),
                                                    l.value().kind().name(),
                                                    l.value().figure().toPlainString(),
                                                    l.limit() == null
                                                            ? null
                                                            : l.limit().toPlainString(),
                                                    l.unit(),
                                                    l.outcome().name()))
                            .toList(),
                    "LABORATORY");
        }
    }

    /** Figures as text, with the laboratory's digits. */
    record LineJson(
            String substance,
            String kind,
            String figure,
            @Nullable String limit,
            String unit,
            String outcome) {}

    record StepJson(LocalDate day, String step, String place, String placeEn, String source) {}

    record ScansJson(long count, @Nullable Instant first) {}
}
