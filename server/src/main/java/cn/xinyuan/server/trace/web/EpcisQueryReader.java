package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.query.Names;
import cn.xinyuan.epcis.query.QueryRefused;
import cn.xinyuan.epcis.query.SimpleEventQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Reads a simple event query (EPCIS 2.0, 8.2.7.1) from the address of a request. */
@NullMarked
final class EpcisQueryReader {

    static final int PER_PAGE = 30;
    static final int MOST_PER_PAGE = 500;

    /** Parameters of the interface, not of the query. */
    private static final Set<String> PAGING = Set.of("perPage", "nextPageToken");

    private static final Set<String> WORDS =
            Set.of("eventType", "EQ_action", "EQ_bizStep", "EQ_disposition");

    private static final Pattern URIS = Pattern.compile("(urn:|https?://|ni://).*");

    private EpcisQueryReader() {}

    /** The query that the parameters put. */
    static SimpleEventQuery read(Map<String, String[]> parameters, Names names) {
        Map<String, List<String>> asked = new LinkedHashMap<>();
        parameters.forEach(
                (name, values) -> {
                    if (!PAGING.contains(name)) {
                        asked.put(name, values(name, values));
                    }
                });
        return read(names, asked);
    }

    static SimpleEventQuery read(Names names, Map<String, List<String>> asked) {
        try {
            return SimpleEventQuery.read(asked, names);
        } catch (QueryRefused no) {
            throw EpcisRefusal.parameter(no.parameter(), no.why());
        }
    }

    /** Events or values on one page. */
    static int perPage(@Nullable String given) {
        if (given == null) {
            return PER_PAGE;
        }
        try {
            int number = Integer.parseInt(given);
            if (number >= 1) {
                return Math.min(number, MOST_PER_PAGE);
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw EpcisRefusal.parameter("perPage", "is a number of at least 1");
    }

    /**
     * Several values are separated by {@code |}, as the standard's OpenAPI has it; words and URIs
     * by a comma too.
     */
    private static List<String> values(String name, String[] given) {
        List<String> values = new ArrayList<>();
        for (String one : given) {
            String[] parts =
                    one.indexOf('|') >= 0
                            ? one.split("\\|")
                            : commas(name, one) ? one.split(",") : new String[] {one};
            Arrays.stream(parts).map(String::strip).filter(p -> !p.isEmpty()).forEach(values::add);
        }
        if (values.isEmpty() && name.startsWith("EXISTS_")) {
            values.add("true");
        }
        return values;
    }

    private static boolean commas(String name, String one) {
        return WORDS.contains(name)
                || one.indexOf(',') > 0
                        && Arrays.stream(one.split(","))
                                .allMatch(p -> URIS.matcher(p.strip()).matches());
    }
}
