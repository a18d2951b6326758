package cn.xinyuan.server.pages;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Style sheets, pictures and scripts that come with the program. A page names them with a hash of
 * their content, so that a browser may keep them for a year and still never shows an old one.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
public class Assets extends OncePerRequestFilter {

    private static final ConcurrentHashMap<String, String> ADDRESSES = new ConcurrentHashMap<>();

    /**
     * The address to write into a page.
     *
     * @param path such as {@code /css/app.css}
     * @throws IllegalArgumentException if the program has no such file
     */
    public static String url(String path) {
        return ADDRESSES.computeIfAbsent(path, p -> p + "?v=" + hash(p));
    }

    private static String hash(String path) {
        try (InputStream in = Assets.class.getResourceAsStream("/static" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no such file: " + path);
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String known = ADDRESSES.get(request.getRequestURI());
        if (known != null && known.endsWith("?" + request.getQueryString())) {
            response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        }
        chain.doFilter(request, response);
    }
}
