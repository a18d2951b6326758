package cn.xinyuan.server.laboratory.web;

import cn.xinyuan.server.laboratory.domain.WrittenReport;
import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Form;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.standards.Standards.Outcome;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/** Words and readings that the pages of the laboratory share. */
final class LabWords {

    private LabWords() {}

    static Badge stage(WrittenReport written) {
        return switch (written.stage()) {
            case ENTERED -> Badge.REPORT_DRAFT;
            case RELEASED -> Badge.REPORT_RELEASED;
            case SUPERSEDED -> Badge.REPORT_AMENDED;
        };
    }

    static Badge verdict(Outcome outcome) {
        return switch (outcome) {
            case PASS -> Badge.PASSED;
            case FAIL -> Badge.FAILED;
            case INCONCLUSIVE -> Badge.INCONCLUSIVE;
        };
    }

    static UUID id(Form form, String field, String problem) {
        try {
            return UUID.fromString(form.value(field).strip());
        } catch (IllegalArgumentException e) {
            throw Problems.of(field, problem);
        }
    }

    static LocalDate day(Form form, String field) {
        try {
            return LocalDate.parse(form.value(field).strip());
        } catch (DateTimeParseException e) {
            throw Problems.of(field, "请写日期，例如 2025-06-11。");
        }
    }

    /** A figure above zero as typed. */
    static Optional<BigDecimal> figure(String typed) {
        try {
            return Optional.of(new BigDecimal(typed.strip()))
                    .filter(f -> f.signum() > 0 && f.scale() <= 12 && f.precision() <= 15);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static ModelAndView again(ModelAndView form) {
        form.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return form;
    }
}
