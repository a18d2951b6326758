package cn.xinyuan.server.trace.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The standard's headers and problem documents (EPCIS 2.0, 12). */
@NullMarked
final class EpcisAnswers {

    /** Bytes of one captured document; the server refuses larger bodies of any kind. */
    static final int MOST_BYTES = 5 * 1024 * 1024;

    /** Events of one captured document. */
    static final int MOST_EVENTS = 10_000;

    private EpcisAnswers() {}

    static HttpHeaders versions() {
        HttpHeaders headers = new HttpHeaders();
        headers.set("GS1-EPCIS-Version", "2.0.0");
        headers.set("GS1-CBV-Version", "2.0.0");
        headers.set("GS1-Extensions", "");
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
        headers.set("GS1-EPC-Format", "Never_Translates");
        headers.set("GS1-CBV-XML-Format", "Never_Translates");
        return ResponseEntity.noContent().headers(headers).build();
    }

    static ResponseEntity<Void> captureDiscovery() {
        ResponseEntity<Void> plain = discovery("OPTIONS, GET, POST");
        HttpHeaders headers = new HttpHeaders(plain.getHeaders());
        headers.set("GS1-EPCIS-Capture-Limit", String.valueOf(MOST_EVENTS));
        headers.set("GS1-EPCIS-Capture-File-Size-Limit", String.valueOf(MOST_BYTES));
        headers.set("GS1-Capture-Error-Behaviour", "rollback");
        return ResponseEntity.noContent().headers(headers).build();
    }

    /**
     * @param type the exception's name in the standard, without prefix
     * @param problems places and what is wrong there; may be empty
     */
    static ResponseEntity<Object> problem(
            int status, String type, String title, String detail, List<?> problems) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "epcisException:" + type);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        if (!problems.isEmpty()) {
            body.put("problems", problems);
        }
        HttpHeaders headers = versions();
        if (status == 413) {
            headers.set("GS1-EPCIS-Capture-Limit", String.valueOf(MOST_EVENTS));
            headers.set("GS1-EPCIS-Capture-File-Size-Limit", String.valueOf(MOST_BYTES));
        }
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body);
    }

    static ResponseEntity<Object> notFound(String what) {
        return problem(404, "NoSuchResourceException", "Resource not found", what, List.of());
    }
}
