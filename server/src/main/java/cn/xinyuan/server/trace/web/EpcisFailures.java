package cn.xinyuan.server.trace.web;

import cn.xinyuan.server.trace.domain.EventArchive.TooComplex;
import cn.xinyuan.server.trace.usecase.AskEvents.QueryTooLarge;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.NullMarked;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What the EPCIS interface refuses, in the words of the standard (EPCIS 2.0, 12.5). */
@NullMarked
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(basePackageClasses = EpcisFailures.class)
class EpcisFailures {

    @ExceptionHandler
    ResponseEntity<Object> refused(EpcisRefusal no, HttpServletRequest request) {
        return EpcisAnswers.problem(
                request,
                no.status(),
                no.type(),
                no.title(),
                String.valueOf(no.getMessage()),
                no.problems());
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(QueryTooLarge no, HttpServletRequest request) {
        return EpcisAnswers.problem(
                request,
                413,
                "QueryTooLargeException",
                "The answer is too large",
                no.getMessage() + "; ask for less, or raise maxEventCount",
                java.util.List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> tooComplex(TooComplex no, HttpServletRequest request) {
        return EpcisAnswers.problem(
                request,
                413,
                "QueryTooComplexException",
                "The question is too complex",
                "the repository gave up; narrow it by GE_eventTime and LT_eventTime, or name whole"
                        + " identifiers instead of patterns",
                java.util.List.of());
    }
}
