package cn.xinyuan.server.trace.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The standard's headers and problem documents (EPCIS 2.0, 12). */
@NullMarked
final class EpcisAnswers {

    /** Bytes of a single event, and of any other body. */
    static final int MOST_BYTES = 5 * 1024 * 1024;

    /** Bytes of one captured document, unpacked; small ones are captured at once. */
    static final long MOST_CAPTURED = 2L << 30;

    private EpcisAnswers() {}

    static HttpHeaders versions() {
        HttpHeaders headers = new HttpHeaders();
        headers.set("GS1-EPCIS-Version", "2.0.0");
        headers.set("GS1-CBV-Version", "2.0.0");
        headers.set("GS1-Extensions", "xy=https://ns.xinyuan.cn/epcis/");
        headers.set("GS1-Vendor-Version", "1.0.0");
        return headers;
    }

    static ResponseEntity<Void> discovery(String allow) {
        HttpHeaders headers = versions();
        headers.set(HttpHeaders.ALLOW, allow);
        headers.set("GS1-EPCIS-Min", "2.0.0");
        headers.set("GS1-EPCIS-Max", "2.0.0");
        headers.set("GS1-CBV-Min", "2.0.0");
        headers.set("GS1-CBV-Max", "2.0.0");
        headers.set("GS1-EPC-Format", "Always_GS1_Digital_Link, Always_EPC_URN, Never_Translates");
        headers.set("GS1-CBV-XML-Format", "Always_Web_URI, Always_URN, Never_Translates");
        return ResponseEntity.noContent().headers(headers).build();
    }

    static ResponseEntity<Void> captureDiscovery(String allow) {
        ResponseEntity<Void> plain = discovery(allow);
        HttpHeaders headers = new HttpHeaders(plain.getHeaders());
        limits(headers);
        headers.set("GS1-Capture-Error-Behaviour", "all");
        return ResponseEntity.noContent().headers(headers).build();
    }

    private static void limits(HttpHeaders headers) {
        headers.set("GS1-EPCIS-Capture-File-Size-Limit", String.valueOf(MOST_CAPTURED));
    }

    /**
     * @param request its Accept header decides between JSON and XML; null for JSON
     * @param type the exception's name in the standard, without prefix
     * @param problems places and what is wrong there; may be empty
     */
    static ResponseEntity<Object> problem(
            @Nullable HttpServletRequest request,
            int status,
            String type,
            String title,
            String detail,
            List<?> problems) {
        HttpHeaders headers = versions();
        if (status == 413) {
            limits(headers);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "epcisException:" + type);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        String accept = request == null ? null : request.getHeader("Accept");
        if (accept != null && accept.contains("xml") && !accept.contains("json")) {
            return ResponseEntity.status(status)
                    .headers(headers)
                    .contentType(MediaType.APPLICATION_PROBLEM_XML)
                    .body(xml(body).getBytes(UTF_8));
        }
        if (!problems.isEmpty()) {
            body.put("problems", problems);
        }
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body);
    }

    static ResponseEntity<Object> problem(
            int status, String type, String title, String detail, List<?> problems) {
        return problem(null, status, type, title, detail, problems);
    }

    private static String xml(Map<String, Object> body) {
        StringBuilder out =
                new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                        .append("<problem xmlns=\"urn:ietf:rfc:7807\">");
        body.forEach(
                (name, value) ->
                        out.append('<')
                                .append(name)
                                .append('>')
                                .append(
                                        String.valueOf(value)
                                                .replace("&", "&amp;")
                                                .replace("<", "&lt;")
                                                .replace(">", "&gt;")
                                                .replaceAll(
                                                        "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "?"))
                                .append("</")
                                .append(name)
                                .append('>'));
        return out.append("</problem>\n").toString();
    }

    static ResponseEntity<Object> notFound(String what) {
        return problem(404, "NoSuchResourceException", "Resource not found", what, List.of());
    }
}
