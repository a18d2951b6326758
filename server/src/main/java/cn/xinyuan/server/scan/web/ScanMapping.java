package cn.xinyuan.server.scan.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/**
 * Leads a scan of a plain code to its handler before the paths of all other handlers are compared,
 * which took more than a third of the time of an answer. What is not plain (escapes, other methods,
 * longer paths) goes the usual way to the same handler or another.
 */
@Component
class ScanMapping extends AbstractHandlerMapping {

    private static final String STEM = "/t/";
    private static final int LONGEST = 40;

    private final HandlerMethod scan;

    ScanMapping(ScanController controller) throws NoSuchMethodException {
        // the usual mapping has the order 0
        setOrder(-1);
        this.scan =
                new HandlerMethod(
                        controller,
                        ScanController.class.getDeclaredMethod(
                                "scan",
                                String.class,
                                HttpServletRequest.class,
                                HttpServletResponse.class));
    }

    @Override
    protected @Nullable Object getHandlerInternal(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (!path.regionMatches(true, 0, STEM, 0, STEM.length())
                || !request.getMethod().equals("GET")) {
            return null;
        }
        String code = path.substring(STEM.length());
        if (code.isEmpty() || code.length() > LONGEST || !isPlain(code)) {
            return null;
        }
        request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("code", code));
        return scan;
    }

    private static boolean isPlain(String code) {
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if ((c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')) {
                return false;
            }
        }
        return true;
    }
}
