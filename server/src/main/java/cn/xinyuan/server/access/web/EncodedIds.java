package cn.xinyuan.server.access.web;

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
 * ids of events and things stand in the path (EPCIS 2.0, 12.3), and nowhere else. They are not
 * decoded before the handlers, so they make no other path.
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
        return new HttpFirewall() {
            @Override
            public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
                return request.getRequestURI().startsWith("/epcis/")
                        ? lenient.getFirewalledRequest(request)
                        : strict.getFirewalledRequest(request);
            }

            @Override
            public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
                return strict.getFirewalledResponse(response);
            }
        };
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
