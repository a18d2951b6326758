package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.AnyoneMayCall;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a GS1-conformant resolver says of itself and of a link (GS1-Conformant Resolver Standard
 * 1.1; linksets are RFC 9264).
 */
@RestController
@AnyoneMayCall
class ResolverController {

    private static final String LINKSET = "application/linkset+json";
    private static final String VOCABULARY = "https://ref.gs1.org/voc/";

    @GetMapping(path = "/.well-known/gs1resolver", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> itself(HttpServletRequest request) {
        var about = new LinkedHashMap<String, Object>();
        about.put("name", "Xinyuan");
        about.put("resolverRoot", root(request));
        about.put("supportedPrimaryKeys", List.of("01"));
        about.put("linkTypeDefaultCanBeLinkset", false);
        about.put("supportedLinkType", List.of(Map.of("namespace", VOCABULARY, "prefix", "gs1:")));
        return about;
    }

    @GetMapping(
            path = {
                "/01/{gtin}",
                "/01/{gtin}/10/{lot}",
                "/01/{gtin}/21/{serial}",
                "/01/{gtin}/10/{lot}/21/{serial}"
            },
            params = "linkType=linkset",
            produces = LINKSET)
    ResponseEntity<Map<String, Object>> asked(
            @PathVariable Map<String, String> parts, HttpServletRequest request) {
        return links(parts, request);
    }

    @GetMapping(
            path = {
                "/01/{gtin}",
                "/01/{gtin}/10/{lot}",
                "/01/{gtin}/21/{serial}",
                "/01/{gtin}/10/{lot}/21/{serial}"
            },
            headers = "Accept=" + LINKSET,
            produces = LINKSET)
    ResponseEntity<Map<String, Object>> accepted(
            @PathVariable Map<String, String> parts, HttpServletRequest request) {
        return links(parts, request);
    }

    private static ResponseEntity<Map<String, Object>> links(
            Map<String, String> parts, HttpServletRequest request) {
        String serial = parts.get("serial");
        String here = root(request) + request.getRequestURI();
        String page = serial == null ? root(request) + "/q" : root(request) + "/t/" + serial;
        List<Map<String, Object>> trace =
                List.of(link(page, "产品溯源查询", "zh"), link(page + "?lang=en", "Product trace", "en"));
        var context = new LinkedHashMap<String, Object>();
        context.put("anchor", here);
        context.put(VOCABULARY + "defaultLink", List.of(link(page, "产品溯源查询", "zh")));
        context.put(VOCABULARY + "defaultLinkMulti", trace);
        context.put(VOCABULARY + "traceability", trace);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(LINKSET))
                .body(Map.of("linkset", List.of(context)));
    }

    private static Map<String, Object> link(String address, String title, String language) {
        return Map.of(
                "href",
                address,
                "title",
                title,
                "type",
                "text/html",
                "hreflang",
                List.of(language));
    }

    private static String root(HttpServletRequest request) {
        StringBuffer all = request.getRequestURL();
        return all.substring(0, all.length() - request.getRequestURI().length());
    }
}
