package cn.xinyuan.server.scan.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The page for paths that are no paths: half an escape ({@code /t/%}), bytes that are no UTF-8.
 * They never reach a handler, for the container cannot read them.
 */
@Configuration(proxyBeanMethods = false)
class UnreadablePaths {

    private static final String PAGE =
            """
            <!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width,initial-scale=1">\
            <meta name="robots" content="noindex"><title>地址读不懂 · “信”字号</title>\
            <style>body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:32rem;margin:2rem auto;\
            padding:0 1rem;color:#1B2420}a{color:#1A5FA8}</style></head><body>
            <h1>这个地址读不懂</h1>
            <p>扫到或输入的地址不完整，或夹带了不能识别的字符。请<a href="/q">手工输入标签上的 16 位编号</a>。</p>
            <p lang="en">This address cannot be read: it is cut off or holds characters that no label \
            has. <a href="/q?lang=en">Type the 16 characters on the label</a> instead.</p>
            </body></html>
            """;

    private static final String PROBLEM =
            """
            {"type":"about:blank","title":"地址读不懂","status":%d,"detail":"The path is not a \
            percent-encoded UTF-8 path: escape every byte as two hexadecimal digits (RFC 3986, 2.1)."}\
            """;

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> pageForUnreadablePaths() {
        return factory -> factory.addContextCustomizers(UnreadablePaths::install);
    }

    private static void install(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(Page.class.getName());
        }
    }

    /** Made by the container, by name. */
    public static final class Page extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failed) {
            int status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            String accept = request.getHeader("Accept");
            boolean json = accept != null && accept.contains("json") && !accept.contains("html");
            byte[] body = (json ? PROBLEM.formatted(status) : PAGE).getBytes(UTF_8);
            try {
                response.setContentType(
                        json ? "application/problem+json" : "text/html;charset=UTF-8");
                response.setHeader("Cache-Control", "no-store");
                response.setHeader("X-Content-Type-Options", "nosniff");
                response.setHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
                response.finishResponse();
            } catch (IOException gone) {
                container.getLogger().debug("nobody waits for the answer", gone);
            }
        }
    }
}
