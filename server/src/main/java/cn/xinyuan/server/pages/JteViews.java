package cn.xinyuan.server.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/**
 * Hands a view name such as {@code trace/lots} to the template {@code trace/lots.jte}, compiled
 * with the rest of the program. Of the model a template is given what it asks for.
 */
@Component
@Order(0)
public class JteViews implements ViewResolver {

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    @Override
    public @Nullable View resolveViewName(String name, Locale locale) {
        String template = name + ".jte";
        return templates.hasTemplate(template) ? new Page(template) : null;
    }

    /** The bytes of a page, for those who send them by themselves. */
    public Utf8ByteOutput render(String name, Map<String, ?> model) {
        String template = name + ".jte";
        Set<String> wanted = templates.getParamInfo(template).keySet();
        Map<String, Object> given =
                model.entrySet().stream()
                        .filter(e -> e.getValue() != null && wanted.contains(e.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var out = new Utf8ByteOutput();
        templates.render(template, given, out);
        return out;
    }

    private final class Page implements View {

        private final String template;

        private Page(String template) {
            this.template = template;
        }

        @Override
        public String getContentType() {
            return "text/html;charset=UTF-8";
        }

        @Override
        public void render(
                @Nullable Map<String, ?> model,
                HttpServletRequest request,
                HttpServletResponse response)
                throws IOException {
            var out = new Utf8ByteOutput();
            templates.render(template, model == null ? new HashMap<>() : new HashMap<>(model), out);
            response.setContentType(getContentType());
            response.setContentLength(out.getContentLength());
            out.writeTo(response.getOutputStream());
        }
    }
}
