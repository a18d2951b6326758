package cn.xinyuan.server.access.web;

import cn.xinyuan.server.pages.PlainText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Lets percent-encoded slashes, semicolons and percent signs through below {@code /epcis/}, where
 * ids of events and things stand in the path (EPCIS 2.0, 12.3), and in GS1 Digital Links, where
 * values of identifiers do (URI Syntax 1.4), and nowhere else. They are not decoded before the
 * handlers, so they make no other path. Parameters hold text that can be kept, wherever they are
 * sent to.
 *
 * <p>There can be one firewall only: of two, Spring Security takes none and is strict everywhere.
 */
@Configuration(proxyBeanMethods = false)
class EncodedIds {

    @Bean
    static HttpFirewall strictButForIds() {
        StrictHttpFirewall strict = new StrictHttpFirewall();
        StrictHttpFirewall lenient = new StrictHttpFirewall();
        lenient.setAllowUrlEncodedSlash(true);
        lenient.setAllowUrlEncodedDoubleSlash(true);
        lenient.setAllowUrlEncodedPercent(true);
        lenient.setAllowSemicolon(true);
        strict.setAllowedParameterValues(PlainText::isKept);
        lenient.setAllowedParameterValues(PlainText::isKept);
        return new HttpFirewall() {
            @Override
            public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
                return holdsIds(request.getRequestURI())
                        ? lenient.getFirewalledRequest(request)
                        : strict.getFirewalledRequest(request);
            }

            @Override
            public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
                return strict.getFirewalledResponse(response);
            }
        };
    }

    private static boolean holdsIds(String path) {
        return path.startsWith("/epcis/")
                || AccessSecurity.DIGITAL_LINKS.stream().anyMatch(path::startsWith);
    }

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> slashesStayEncoded() {
        return factory ->
                factory.addConnectorCustomizers(
                        connector ->
                                connector.setEncodedSolidusHandling(
                                        EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }
}
