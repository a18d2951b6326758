package cn.xinyuan.server.pages;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Where a JSON text went wrong, without repeating the text. */
final class Unreadable {

    private Unreadable() {}

    static String where(HttpMessageNotReadableException exception) {
        JacksonException cause = cause(exception);
        TokenStreamLocation at = cause == null ? null : cause.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : "问题在第 " + at.getLineNr() + " 行第 " + at.getColumnNr() + " 列附近。";
    }

    static List<Problem> problems(HttpMessageNotReadableException exception) {
        return cause(exception) instanceof DatabindException wrong && !wrong.getPath().isEmpty()
                ? List.of(new Problem(field(wrong), text(wrong)))
                : List.of();
    }

    /** A value of ours refused what it was made of: its problems, at the field they stand in. */
    static Problems at(HttpMessageNotReadableException exception, Problems refused) {
        String field = cause(exception) instanceof DatabindException wrong ? field(wrong) : "";
        return new Problems(
                refused.list().stream()
                        .map(p -> p.field().isEmpty() ? new Problem(field, p.text()) : p)
                        .toList());
    }

    private static String field(DatabindException wrong) {
        String field =
                wrong.getPath().stream()
                        .map(
                                r ->
                                        r.getPropertyName() == null
                                                ? "[" + r.getIndex() + "]"
                                                : "." + r.getPropertyName())
                        .collect(Collectors.joining());
        return field.startsWith(".") ? field.substring(1) : field;
    }

    private static String text(DatabindException wrong) {
        Class<?> wanted =
                wrong instanceof MismatchedInputException mismatch
                        ? mismatch.getTargetType()
                        : null;
        if (wanted == null) {
            return "这一项的类型不对，请对照接口说明填写。";
        }
        if (wanted.isEnum()) {
            return "只能是 "
                    + Arrays.stream(wanted.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining("、"))
                    + " 之一。";
        }
        if (wanted == LocalDate.class) {
            return "日期请写成 2026-06-11 这样。";
        }
        if (wanted == Instant.class || wanted == OffsetDateTime.class) {
            return "时间请写成 2026-06-11T08:00:00+08:00 这样。";
        }
        if (wanted == UUID.class) {
            return "请写 id，即 36 个字符的 UUID。";
        }
        if (wanted == BigDecimal.class) {
            return "请写数字，例如 12.5。";
        }
        if (wanted == int.class
                || wanted == long.class
                || wanted == Integer.class
                || wanted == Long.class) {
            return "请写整数，例如 12。";
        }
        if (wanted == boolean.class || wanted == Boolean.class) {
            return "请写 true 或 false。";
        }
        return "这一项的类型不对，请对照接口说明填写。";
    }

    private static @Nullable JacksonException cause(Throwable exception) {
        for (Throwable c = exception; c != null; c = c.getCause()) {
            if (c instanceof JacksonException found) {
                return found;
            }
        }
        return null;
    }
}
