package cn.xinyuan.server.scan.web;

import cn.xinyuan.codes.ApplicationIdentifier;
import cn.xinyuan.codes.CompressedLink;
import cn.xinyuan.codes.DigitalLink;
import cn.xinyuan.codes.DigitalLink.Reading;
import cn.xinyuan.codes.DigitalLink.Tolerance;
import cn.xinyuan.codes.Gs1Problem;
import cn.xinyuan.server.catalog.Catalog;
import cn.xinyuan.server.catalog.LinkType;
import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.scan.Scans.State;
import cn.xinyuan.server.scan.domain.Entry;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.domain.Linkset;
import cn.xinyuan.server.scan.domain.TypedLink;
import cn.xinyuan.server.scan.domain.Wishes;
import cn.xinyuan.server.scan.usecase.KeepPace;
import cn.xinyuan.server.scan.usecase.LookUp;
import cn.xinyuan.server.scan.usecase.ResolveLinks;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * The GS1 Digital Link resolver (GS1-Conformant Resolver Standard 1.1, URI Syntax 1.4, ISO/IEC
 * 18975; linksets are RFC 9264).
 *
 * <p>A link leads to a page of ours, or to an address that the owner of the product registered on a
 * host that the operator allows; nothing in the request names a target. A link that names a single
 * pack is answered with its page at once, as the standard lets a resolver do, for the page needs to
 * know product and lot of the label too; everything else is redirected with 307.
 */
@Controller
@AnyoneMayCall
@CrossOrigin(
        origins = "*",
        methods = {RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS},
        exposedHeaders = {"Link", "Location", "ETag"})
class ResolverController {

    private static final String LINKSET_JSON = "application/linkset+json";
    private static final String LINKSET_TEXT = "application/linkset";
    private static final String JSON_LD = "application/ld+json";
    private static final String CONTEXT = "/.well-known/gs1resolver/context.jsonld";

    private final ResolveLinks resolve;
    private final LookUp lookUp;
    private final ScanAnswers scans;
    private final KeepPace pace;
    private final LinkAnswers answers;
    private final Catalog catalog;
    private final JsonMapper json;
    private final String publicAddress;
    private final byte[] context;

    ResolverController(
            ResolveLinks resolve,
            LookUp lookUp,
            ScanAnswers scans,
            KeepPace pace,
            LinkAnswers answers,
            Catalog catalog,
            JsonMapper json,
            @Value("${xinyuan.public-address:}") String publicAddress)
            throws IOException {
        this.resolve = resolve;
        this.lookUp = lookUp;
        this.scans = scans;
        this.pace = pace;
        this.answers = answers;
        this.catalog = catalog;
        this.json = json;
        this.publicAddress = publicAddress.strip().replaceAll("/+$", "");
        try (InputStream in =
                ResolverController.class.getResourceAsStream("linkset-context.jsonld")) {
            if (in == null) {
                throw new IllegalStateException("linkset-context.jsonld is missing");
            }
            this.context = in.readAllBytes();
        }
    }

    @GetMapping("/.well-known/gs1resolver")
    @Operation(
            summary = "What this GS1 Digital Link resolver can do",
            description = "The resolver description file of the GS1-Conformant Resolver Standard.")
    void itself(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        Catalog.Brand brand = catalog.brand();
        var about = new LinkedHashMap<String, Object>();
        about.put("name", "Xinyuan 信源 · " + brand.city());
        about.put("resolverRoot", root(request));
        about.put(
                "supportedPrimaryKeys",
                ApplicationIdentifier.primaryKeys().stream()
                        .map(ApplicationIdentifier::ai)
                        .toList());
        about.put(
                "supportedLinkType",
                List.of(Map.of("namespace", LinkType.VOCABULARY, "prefix", "gs1:")));
        about.put("linkTypeDefaultCanBeLinkset", false);
        about.put("jsonLdContext", root(request) + CONTEXT);
        about.put(
                "contact",
                Map.of("fn", brand.operator(), "hasTelephone", "tel:" + brand.hotline()));
        open(response);
        response.setHeader("Cache-Control", "public, max-age=3600");
        send(request, response, "application/json", json.writeValueAsBytes(about));
    }

    @GetMapping(CONTEXT)
    @Hidden
    void context(HttpServletRequest request, HttpServletResponse response) throws IOException {
        open(response);
        response.setHeader("Cache-Control", "public, max-age=3600");
        send(request, response, JSON_LD, context);
    }

    @GetMapping({
        "/00/{*rest}",
        "/01/{*rest}",
        "/253/{*rest}",
        "/255/{*rest}",
        "/401/{*rest}",
        "/402/{*rest}",
        "/414/{*rest}",
        "/415/{*rest}",
        "/417/{*rest}",
        "/8003/{*rest}",
        "/8004/{*rest}",
        "/8006/{*rest}",
        "/8010/{*rest}",
        "/8013/{*rest}",
        "/8017/{*rest}",
        "/8018/{*rest}"
    })
    @Operation(
            summary = "Resolve a GS1 Digital Link",
            description =
                    "The path is a GS1 primary key with its qualifiers, such as"
                            + " /01/09521234000013/10/LOT/21/SERIAL. linkType=gs1:… redirects (307) to"
                            + " a link of that type, linkType=linkset lists all as"
                            + " application/linkset+json or application/linkset; Accept,"
                            + " Accept-Language and context choose among links of one type. 400: the"
                            + " rule of GS1 that is broken; 404: nothing is known, or there is no link"
                            + " of the type. See docs/digital-link.md.")
    void resolve(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        open(response);
        response.addHeader("Vary", "Accept, Accept-Language");
        Reading reading =
                DigitalLink.examinePath(
                        request.getRequestURI(), request.getQueryString(), Tolerance.SHORT_GTINS);
        switch (reading) {
            case Reading.Bad(List<Gs1Problem> problems) -> {
                Optional<CompressedLink> compressed = CompressedLink.read(request.getRequestURI());
                if (compressed.isPresent()) {
                    expanded(compressed.get(), request, response);
                } else {
                    answers.bad(problems, request, response);
                }
            }
            case Reading.Good(DigitalLink link, String stem) ->
                    good(link, request.getQueryString(), request, response);
        }
    }

    /** A link that is compressed as a whole; any other long word is nobody's address. */
    @GetMapping("/{word:[A-Za-z0-9_-]{10,}}")
    @Hidden
    void compressed(
            @PathVariable String word, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        CompressedLink compressed =
                CompressedLink.read("/" + word).orElseThrow(() -> new NotFound(word));
        open(response);
        response.addHeader("Vary", "Accept, Accept-Language");
        expanded(compressed, request, response);
    }

    /** Answered as the plain link would be, whose address is told beside. */
    private void expanded(
            CompressedLink compressed, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.addHeader(
                "Link", "<" + compressed.link().at(root(request)) + ">; rel=\"owl:sameAs\"");
        String query = request.getQueryString();
        var pairs = new ArrayList<String>();
        if (query != null) {
            pairs.add(query);
        }
        for (String pair : compressed.others()) {
            int equals = pair.indexOf('=');
            pairs.add(
                    pair.substring(0, equals + 1)
                            + URLEncoder.encode(
                                    pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        good(
                compressed.link(),
                pairs.isEmpty() ? null : String.join("&", pairs),
                request,
                response);
    }

    /** Words in place of identifiers, as version 1.1 had them: refused with the right address. */
    @GetMapping({
        "/sscc/{*rest}",
        "/gtin/{*rest}",
        "/gdti/{*rest}",
        "/gcn/{*rest}",
        "/ginc/{*rest}",
        "/gsin/{*rest}",
        "/gln/{*rest}",
        "/payto/{*rest}",
        "/party/{*rest}",
        "/grai/{*rest}",
        "/giai/{*rest}",
        "/itip/{*rest}",
        "/cpid/{*rest}",
        "/gmn/{*rest}",
        "/gsrnp/{*rest}",
        "/gsrn/{*rest}"
    })
    @Hidden
    void words(HttpServletRequest request, HttpServletResponse response) throws IOException {
        resolve(request, response);
    }

    private void good(
            DigitalLink link,
            @Nullable String query,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Wishes wishes =
                Wishes.of(
                        request.getHeader("Accept-Language"),
                        request.getHeader("Accept"),
                        request.getParameter("context"));
        String asked = request.getParameter("linkType");
        boolean linkset =
                asked == null
                        ? wishes.names(LINKSET_JSON) || wishes.names(LINKSET_TEXT)
                        : asked.equals("linkset") || asked.equals("all");
        String root = root(request);
        if (asked == null && !linkset && namesAPack(link)) {
            pack(link, root, request, response);
            return;
        }
        Optional<Entry> entry = resolve.find(link);
        if (entry.isEmpty()) {
            answers.unknown(link, request, response);
        } else if (linkset) {
            list(entry.get(), wishes, request, response);
        } else {
            lead(link, query, entry.get(), asked, wishes, request, response);
        }
    }

    private static boolean namesAPack(DigitalLink link) {
        return link.primary().ai().equals("01") && link.serial().isPresent();
    }

    /** The scan page itself: one question less, and a label that contradicts itself is noticed. */
    private void pack(
            DigitalLink link, String root, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String address = request.getRemoteAddr();
        if (!pace.allows(address)) {
            scans.tooFast(request, response);
            return;
        }
        Finding finding =
                lookUp.find(
                        link.serial().orElseThrow(),
                        link.primary().value(),
                        link.lot().orElse(null));
        if (finding.state() == State.UNKNOWN) {
            if (finding.typed().isWellFormed()) {
                pace.guessed(address);
            }
            scans.answer(finding, HttpStatus.NOT_FOUND, request, response);
        } else {
            response.addHeader("Link", toLinkset(link, root));
            response.setHeader("Content-Location", "/t/" + finding.code());
            scans.answer(finding, HttpStatus.OK, request, response);
        }
    }

    private void list(
            Entry entry, Wishes wishes, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String root = root(request);
        response.addHeader(
                "Link",
                "<"
                        + root
                        + CONTEXT
                        + ">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\""
                        + JSON_LD
                        + "\"");
        // asked for again every time: a withdrawn link must not live on in a cache
        response.setHeader("Cache-Control", "no-cache");
        boolean text =
                wishes.names(LINKSET_TEXT)
                        && wishes.weight(LINKSET_TEXT) > explicit(wishes, LINKSET_JSON);
        if (text) {
            send(
                    request,
                    response,
                    LINKSET_TEXT,
                    Linkset.text(entry, root).getBytes(StandardCharsets.UTF_8));
            return;
        }
        Map<String, Object> set = Linkset.json(entry, root);
        if (wishes.names(JSON_LD) && wishes.weight(JSON_LD) > explicit(wishes, LINKSET_JSON)) {
            var linked = new LinkedHashMap<String, Object>();
            linked.put("@context", root + CONTEXT);
            linked.putAll(set);
            send(request, response, JSON_LD, json.writeValueAsBytes(linked));
        } else {
            send(request, response, LINKSET_JSON, json.writeValueAsBytes(set));
        }
    }

    private static double explicit(Wishes wishes, String mediaType) {
        return wishes.names(mediaType) ? wishes.weight(mediaType) : 0;
    }

    private void lead(
            DigitalLink link,
            @Nullable String query,
            Entry entry,
            @Nullable String asked,
            Wishes wishes,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        List<TypedLink> found;
        if (asked == null) {
            found = entry.ofType(LinkType.DEFAULT_LINK_MULTI);
        } else {
            found = LinkType.read(asked).map(entry::ofType).orElse(List.of());
        }
        if (found.isEmpty()) {
            answers.noSuchLink(link, entry, String.valueOf(asked), request, response);
            return;
        }
        TypedLink chosen = wishes.choose(found);
        String root = root(request);
        response.addHeader("Link", toLinkset(link, root));
        response.addHeader("Link", Linkset.header(chosen, link, root));
        response.setHeader("Cache-Control", "no-cache");
        // a page of ours is named by its path alone, so that a forged Host header leads nowhere
        response.setHeader("Location", chosen.at(publicAddress, query));
        response.setStatus(HttpStatus.TEMPORARY_REDIRECT.value());
    }

    private static String toLinkset(DigitalLink link, String root) {
        return "<"
                + root
                + link.path()
                + "?linkType=linkset>; rel=\"linkset\"; type=\""
                + LINKSET_JSON
                + "\"";
    }

    private static void open(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", "*");
    }

    private static void send(
            HttpServletRequest request, HttpServletResponse response, String mediaType, byte[] body)
            throws IOException {
        if (new ServletWebRequest(request, response).checkNotModified(tag(body))) {
            return;
        }
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String tag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            // weak, because the same bytes may be sent compressed
            return "W/\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String root(HttpServletRequest request) {
        if (!publicAddress.isEmpty()) {
            return publicAddress;
        }
        StringBuffer all = request.getRequestURL();
        return all.substring(0, all.length() - request.getRequestURI().length());
    }
}
