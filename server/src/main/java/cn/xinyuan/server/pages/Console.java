package cn.xinyuan.server.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.ModelAndView;

/** Puts a page record into the frame: the one way from a controller to a template. */
@Component
public class Console {

    private final ObjectProvider<SignedIn> signedIn;
    private final ObjectProvider<NavCounts> counts;
    private final boolean demo;

    Console(
            ObjectProvider<SignedIn> signedIn,
            ObjectProvider<NavCounts> counts,
            @Value("${xinyuan.demo:false}") boolean demo) {
        this.signedIn = signedIn;
        this.counts = counts;
        this.demo = demo;
    }

    /**
     * A page in the frame of the visitor.
     *
     * @param template name below {@code src/main/jte} without suffix, such as {@code trace/lots};
     *     it declares {@code @param Shell shell} and {@code @param XxxPage page}
     * @param active address of the navigation entry it belongs to, such as {@code /p/lots}
     * @param page the page record, already in words
     */
    public ModelAndView page(String template, String active, Object page) {
        return new ModelAndView(template, Map.of("shell", shell(active), "page", page));
    }

    /** The frame itself, for a template that takes more than one page record. */
    public Shell shell(String active) {
        HttpServletRequest request =
                ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                        .getRequest();
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        Optional<Visitor> visitor =
                Optional.ofNullable(signedIn.getIfAvailable()).flatMap(SignedIn::find);
        List<Nav.Group> groups =
                visitor.map(v -> Nav.groups(v.role(), waiting(v))).orElse(List.of());
        return new Shell(
                active,
                visitor.orElse(null),
                groups,
                token == null ? "_csrf" : token.getParameterName(),
                token == null ? "" : token.getToken(),
                UUID.randomUUID().toString(),
                demo,
                "en".equals(request.getParameter("lang")));
    }

    private Map<String, Long> waiting(Visitor visitor) {
        var all = new HashMap<String, Long>();
        counts.forEach(c -> all.putAll(c.of(visitor)));
        return all;
    }
}
