package cn.xinyuan.server.access.web;

import cn.xinyuan.codes.ApplicationIdentifier;
import cn.xinyuan.server.access.domain.Answers;
import cn.xinyuan.server.access.domain.ApiKeys;
import cn.xinyuan.server.access.domain.Sessions;
import cn.xinyuan.server.access.domain.WallTime;
import cn.xinyuan.server.access.usecase.SignIn;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The two chains: a thin one for what any shopper may see, which asks for no cookie and makes none,
 * and the one that finds out who comes. Neither decides who may call what: {@link WhoMayCall} does,
 * from what the handlers say.
 */
@Configuration(proxyBeanMethods = false)
class AccessSecurity implements WebMvcConfigurer {

    /** Scripts and styles of our own only; style attributes and the scan page's inline style. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
                    + " data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self';"
                    + " worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors"
                    + " 'none'";

    /** Every primary key of GS1 may begin the path of a Digital Link. */
    static final List<String> DIGITAL_LINKS =
            ApplicationIdentifier.primaryKeys().stream().map(a -> "/" + a.ai() + "/").toList();

    /** Whole paths, or folders where they end in a slash; compared without case. */
    private static final List<String> PAGES_FOR_ALL =
            List.of(
                    "/",
                    "/t/",
                    "/lot/",
                    "/q",
                    "/q/",
                    "/complaint",
                    "/complaint/",
                    "/catalog",
                    "/catalog/",
                    "/standards",
                    "/standards/",
                    "/producers/",
                    "/notices",
                    "/notices/",
                    "/story",
                    "/licence/",
                    "/log",
                    "/log/",
                    "/.well-known/",
                    "/actuator/health",
                    "/actuator/health/",
                    "/css/",
                    "/js/",
                    "/img/",
                    "/webjars/",
                    "/favicon.ico",
                    "/robots.txt");

    private static final List<String> OPEN_TO_ALL =
            Stream.concat(PAGES_FOR_ALL.stream(), DIGITAL_LINKS.stream()).toList();

    private static final List<String> STATIC =
            List.of("/css/", "/js/", "/img/", "/webjars/", "/favicon.ico");

    private final WhoMayCall whoMayCall;

    AccessSecurity(WhoMayCall whoMayCall) {
        this.whoMayCall = whoMayCall;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(whoMayCall).order(Integer.MIN_VALUE);
    }

    @Bean
    static WallTime wallTime() {
        return new WallTime(InstantSource.system());
    }

    /** Nobody listens to them, and each request would pay for every filter. */
    @Bean
    static SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** There are no users of Spring Security's own. */
    @Bean
    static UserDetailsService nobody() {
        return name -> {
            throw new UsernameNotFoundException("accounts are kept by access");
        };
    }

    @Bean
    @Order(1)
    SecurityFilterChain openToAll(HttpSecurity http) {
        http.securityMatcher(isOneOf(OPEN_TO_ALL)).csrf(AbstractHttpConfigurer::disable);
        return bare(http).build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain forVisitors(
            HttpSecurity http, Sessions sessions, ApiKeys keys, SignIn signIn, WallTime time) {
        http.addFilterBefore(new Doorkeeper(sessions, keys, signIn, time), CsrfFilter.class)
                .csrf(
                        csrf ->
                                csrf.csrfTokenRepository(new CsrfFromCookie())
                                        .requireCsrfProtectionMatcher(
                                                AccessSecurity::isOfABrowserAndChanges))
                .exceptionHandling(
                        failures ->
                                failures.accessDeniedHandler(
                                        (request, response, denied) -> {
                                            if (Refusals.isMachine(request)) {
                                                Refusals.problem(
                                                        response,
                                                        403,
                                                        "csrf",
                                                        "页面已过期",
                                                        "缺少或不符的 CSRF 令牌；接口请用 Bearer 密钥。");
                                            } else {
                                                response.sendError(
                                                        403, "页面放得太久，已经过期。请返回上一页，刷新后重新提交。");
                                            }
                                        }));
        return bare(http).build();
    }

    /** Keyed requests, after the chains: by then it is known who comes. */
    @Bean
    static FilterRegistrationBean<OnlyOnce> onlyOnce(Answers answers, WallTime time) {
        var registration = new FilterRegistrationBean<>(new OnlyOnce(answers, time));
        registration.setOrder(0);
        return registration;
    }

    private static HttpSecurity bare(HttpSecurity http) {
        return http.authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(AccessSecurity::headers);
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        RequestMatcher files = isOneOf(STATIC);
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .permissionsPolicyHeader(
                        permissions ->
                                permissions.policy(
                                        "geolocation=(self), camera=(self), microphone=(), payment=(),"
                                                + " usb=()"))
                .cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                .addHeaderWriter(
                        (request, response) -> {
                            if (!files.matches(request)
                                    && !response.containsHeader("Cache-Control")) {
                                response.setHeader("Cache-Control", "no-store");
                            }
                        })
                .addHeaderWriter(
                        new StaticHeadersWriter("Cross-Origin-Opener-Policy", "same-origin"));
    }

    /** Whoever shows credentials in a header was not sent by another site. */
    private static boolean isOfABrowserAndChanges(HttpServletRequest request) {
        return Doorkeeper.changes(request)
                && request.getHeader("Authorization") == null
                && !isMachineWithoutCookies(request);
    }

    /** Nobody's session can be abused where there is none; the door answers 401. */
    private static boolean isMachineWithoutCookies(HttpServletRequest request) {
        String path = request.getRequestURI();
        return (path.startsWith("/api/") || path.startsWith("/epcis/"))
                && request.getHeader("Cookie") == null;
    }

    private static RequestMatcher isOneOf(List<String> paths) {
        return request -> {
            String path = request.getRequestURI();
            return paths.stream()
                    .anyMatch(
                            open ->
                                    open.length() > 1 && open.endsWith("/")
                                            ? path.regionMatches(true, 0, open, 0, open.length())
                                            : path.equalsIgnoreCase(open));
        };
    }
}
