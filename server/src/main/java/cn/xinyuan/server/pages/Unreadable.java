package cn.xinyuan.server.pages;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;

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
        if (cause(exception) instanceof DatabindException wrong && !wrong.getPath().isEmpty()) {
            String field =
                    wrong.getPath().stream()
                            .map(
                                    r ->
                                            r.getPropertyName() == null
                                                    ? "[" + r.getIndex() + "]"
                                                    : "." + r.getPropertyName())
                            .collect(Collectors.joining());
            return List.of(
                    new Problem(
                            field.startsWith(".") ? field.substring(1) : field,
                            "这一项的类型不对，请对照接口说明填写。"));
        }
        return List.of();
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
