package cn.xinyuan.server.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was typed into a form and what is wrong with it. A form that comes back keeps every value.
 *
 * @param typed parameter name to what was typed, as it was typed
 * @param problems one entry per mistake; an empty field concerns the whole form
 */
public record Form(Map<String, List<String>> typed, List<Problem> problems) {

    public Form {
        typed = Map.copyOf(typed);
        problems = List.copyOf(problems);
    }

    /** A fresh form. */
    public static Form empty() {
        return new Form(Map.of(), List.of());
    }

    /** A fresh form with a value filled in beforehand. */
    public Form with(String name, @Nullable Object value) {
        var more = new LinkedHashMap<>(typed);
        more.put(name, value == null ? List.of() : List.of(String.valueOf(value)));
        return new Form(more, problems);
    }

    /** What the present request typed. Secrets are not given back. */
    public static Form of(HttpServletRequest request) {
        var typed = new LinkedHashMap<String, List<String>>();
        request.getParameterMap()
                .forEach(
                        (name, values) -> {
                            if (!name.startsWith("_") && !name.startsWith("password")) {
                                typed.put(name, Arrays.asList(values));
                            }
                        });
        return new Form(typed, List.of());
    }

    /** The form again, with its mistakes. */
    public static Form of(HttpServletRequest request, Problems problems) {
        return new Form(of(request).typed(), problems.list());
    }

    /** The form again, with the rule that said no. */
    public static Form of(HttpServletRequest request, Refused refused) {
        return new Form(
                of(request).typed(),
                List.of(new Problem("", String.valueOf(refused.getMessage()))));
    }

    /** The first value of a field; empty when nothing was typed. */
    public String value(String name) {
        List<String> values = typed.get(name);
        return values == null || values.isEmpty() ? "" : values.getFirst();
    }

    /** All values of a field that may come several times. */
    public List<String> values(String name) {
        return typed.getOrDefault(name, List.of());
    }

    /** Whether a choice was made: for check boxes, radio buttons and options. */
    public boolean chose(String name, String value) {
        return values(name).contains(value);
    }

    /** What is wrong with a field; null when nothing is. */
    public @Nullable String problem(String name) {
        return problems.stream()
                .filter(p -> p.field().equals(name))
                .map(Problem::text)
                .findFirst()
                .orElse(null);
    }

    public boolean hasProblems() {
        return !problems.isEmpty();
    }

    /** The id of the control of a field, where the summary's link leads. */
    public static String id(String name) {
        return "f-" + name.replaceAll("[^A-Za-z0-9_-]", "-");
    }
}
