package cn.xinyuan.server.trace.web;

import cn.xinyuan.epcis.query.Names;
import cn.xinyuan.server.trace.usecase.QueryDocuments.EpcFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * What a client asks for in the headers of the standard (EPCIS 2.0, 12.6).
 *
 * @param media how events are written
 * @param epcFormat how identifiers are said; as Digital Link where nothing is asked
 * @param cbvFormat how words of the vocabulary are said in XML, as the header puts it
 * @param extensions prefixes of GS1-Extensions with their namespaces
 */
@NullMarked
record Negotiation(
        MediaType media, EpcFormat epcFormat, String cbvFormat, Map<String, String> extensions) {

    static final MediaType LD_JSON = MediaType.parseMediaType("application/ld+json");

    /** Characters of a query in the address. */
    private static final int LONGEST_QUERY = 24_000;

    private static final List<String> CBV_FORMATS =
            List.of("No_Preference", "Always_Web_URI", "Always_URN", "Never_Translates");

    /**
     * Reads the headers.
     *
     * @throws EpcisRefusal 406 if the versions or formats wanted cannot be given
     */
    static Negotiation of(HttpServletRequest request) {
        versions(request);
        String query = request.getQueryString();
        if (query != null && query.length() > LONGEST_QUERY) {
            throw new EpcisRefusal(
                    414,
                    "URITooLongException",
                    "URI Too Long",
                    "the query is longer than "
                            + LONGEST_QUERY
                            + " characters; make it a named query by POST /epcis/queries");
        }
        String cbv = header(request, "GS1-CBV-XML-Format", "No_Preference");
        if (!CBV_FORMATS.contains(cbv)) {
            throw EpcisRefusal.notAcceptable(
                    "GS1-CBV-XML-Format is one of " + String.join(", ", CBV_FORMATS));
        }
        return new Negotiation(media(request), epcFormat(request), cbv, extensions(request));
    }

    /**
     * Reads the versions only, of a request whose answer has no body to speak of.
     *
     * @throws EpcisRefusal 406 if they are not ours
     */
    static void versions(HttpServletRequest request) {
        version(request, "GS1-EPCIS", "EPCIS");
        version(request, "GS1-CBV", "CBV");
    }

    Names names() {
        return Names.of(extensions);
    }

    boolean xml() {
        return media.isCompatibleWith(MediaType.APPLICATION_XML);
    }

    static EpcFormat epcFormat(HttpServletRequest request) {
        String wanted = header(request, "GS1-EPC-Format", "Always_GS1_Digital_Link");
        return epcFormat(wanted);
    }

    static EpcFormat epcFormat(String wanted) {
        return switch (wanted) {
            case "Always_GS1_Digital_Link" -> EpcFormat.DIGITAL_LINK;
            case "Always_EPC_URN" -> EpcFormat.EPC_URN;
            case "Never_Translates", "No_Preference" -> EpcFormat.AS_WRITTEN;
            default ->
                    throw EpcisRefusal.notAcceptable(
                            "GS1-EPC-Format is one of No_Preference, Always_GS1_Digital_Link,"
                                    + " Always_EPC_URN, Never_Translates");
        };
    }

    /** We speak 2.0 and later 2.x that is said to be like it; nobody else's versions. */
    private static void version(HttpServletRequest request, String prefix, String what) {
        String exact = request.getHeader(prefix + "-Version");
        String min = request.getHeader(prefix + "-Min");
        String max = request.getHeader(prefix + "-Max");
        boolean fits =
                (exact == null || compare(prefix, exact) == 0)
                        && (min == null || compare(prefix, min) <= 0)
                        && (max == null || compare(prefix, max) >= 0);
        if (!fits) {
            throw EpcisRefusal.notAcceptable(
                    "this repository speaks "
                            + what
                            + " 2.0.0; ask for it, or leave the "
                            + prefix
                            + " headers out");
        }
    }

    /** How a version stands to 2.0: before, the same, after. */
    private static int compare(String header, String version) {
        String text = version.strip();
        if (!text.matches("\\d{1,4}(\\.\\d{1,4}){0,3}")) {
            throw EpcisRefusal.notAcceptable(header + "-Version is a version like 2.0.0");
        }
        String[] parts = text.split("\\.");
        int major = Integer.compare(Integer.parseInt(parts[0]), 2);
        return major != 0 || parts.length < 2
                ? major
                : Integer.compare(Integer.parseInt(parts[1]), 0);
    }

    private static MediaType media(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        if (accept == null || accept.isBlank()) {
            return MediaType.APPLICATION_JSON;
        }
        List<MediaType> wanted;
        try {
            wanted = new java.util.ArrayList<>(MediaType.parseMediaTypes(accept));
        } catch (InvalidMediaTypeException _) {
            throw EpcisRefusal.notAcceptable("the Accept header is no list of media types");
        }
        org.springframework.util.MimeTypeUtils.sortBySpecificity(wanted);
        wanted.sort(java.util.Comparator.comparingDouble(MediaType::getQualityValue).reversed());
        for (MediaType each : wanted) {
            for (MediaType known :
                    List.of(MediaType.APPLICATION_JSON, LD_JSON, MediaType.APPLICATION_XML)) {
                if (each.getQualityValue() > 0 && each.includes(known)) {
                    return known;
                }
            }
            if (each.getSubtype().equals("problem+json")) {
                return MediaType.APPLICATION_JSON;
            }
        }
        throw EpcisRefusal.notAcceptable(
                "events are written as application/json, application/ld+json or application/xml");
    }

    /** {@code prefix=namespace}, separated by commas. */
    static Map<String, String> extensions(HttpServletRequest request) {
        Map<String, String> found = new LinkedHashMap<>();
        var headers = request.getHeaders("GS1-Extensions");
        while (headers != null && headers.hasMoreElements()) {
            for (String part : headers.nextElement().split(",")) {
                int cut = part.indexOf('=');
                if (cut > 0) {
                    found.put(part.substring(0, cut).strip(), part.substring(cut + 1).strip());
                } else if (!part.isBlank()) {
                    throw EpcisRefusal.notAcceptable(
                            "GS1-Extensions is a list of prefix=namespace, separated by commas");
                }
            }
        }
        return found;
    }

    private static String header(HttpServletRequest request, String name, String otherwise) {
        @Nullable String value = request.getHeader(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    /** The media type of a request's body: JSON, JSON-LD or XML; anything else is refused. */
    static boolean isXml(HttpServletRequest request) {
        String type = request.getContentType();
        if (type != null) {
            try {
                MediaType media = MediaType.parseMediaType(type);
                String subtype = media.getSubtype().toLowerCase(Locale.ROOT);
                if (media.isCompatibleWith(MediaType.APPLICATION_JSON)
                        || subtype.equals("ld+json")) {
                    return false;
                }
                if (subtype.equals("xml")) {
                    return true;
                }
            } catch (InvalidMediaTypeException _) {
                // said below
            }
        }
        throw new EpcisRefusal(
                415,
                "UnsupportedMediaTypeException",
                "Unsupported media type",
                "send application/json, application/ld+json or application/xml");
    }
}
