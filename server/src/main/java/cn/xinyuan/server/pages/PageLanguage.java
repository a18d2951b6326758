package cn.xinyuan.server.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/**
 * The language of an answer: English where the address asks for it, else Chinese, whatever the
 * browser was set to. It is what {@code Content-Language} says.
 */
@Component("localeResolver")
class PageLanguage implements LocaleResolver {

    private static final Pattern ENGLISH = Pattern.compile("(.*&)?lang=en(&.*)?");

    /** Looks at the address alone: the parameters may be what is wrong with the request. */
    static boolean isEnglish(HttpServletRequest request) {
        String query = request.getQueryString();
        return query != null && ENGLISH.matcher(query).matches();
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return isEnglish(request) ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
    }

    @Override
    public void setLocale(
            HttpServletRequest request,
            @Nullable HttpServletResponse response,
            @Nullable Locale locale) {
        throw new UnsupportedOperationException("the address says the language");
    }
}
