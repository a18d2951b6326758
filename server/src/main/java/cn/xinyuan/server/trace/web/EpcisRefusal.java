package cn.xinyuan.server.trace.web;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/** A request that is answered with one of the standard's exceptions. */
@NullMarked
final class EpcisRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String title;
    private final transient List<?> problems;

    EpcisRefusal(int status, String type, String title, String detail) {
        this(status, type, title, detail, List.of());
    }

    EpcisRefusal(int status, String type, String title, String detail, List<?> problems) {
        super(detail);
        this.status = status;
        this.type = type;
        this.title = title;
        this.problems = problems;
    }

    static EpcisRefusal parameter(String name, String why) {
        return new EpcisRefusal(
                400,
                "QueryParameterException",
                "A query parameter is not understood",
                name + " " + why);
    }

    static EpcisRefusal notAcceptable(String why) {
        return new EpcisRefusal(
                406, "NotAcceptableException", "Conflicting request and response headers", why);
    }

    static EpcisRefusal notFound(String what) {
        return new EpcisRefusal(404, "NoSuchResourceException", "Resource not found", what);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String title() {
        return title;
    }

    List<?> problems() {
        return problems;
    }
}
