package cn.xinyuan.server.pages;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Style sheets and pictures are for everyone and need neither session nor token. */
@Configuration(proxyBeanMethods = false)
class StaticFiles {

    @Bean
    @Order(1)
    SecurityFilterChain staticFilesChain(HttpSecurity http) throws Exception {
        return http.securityMatcher(
                        "/css/**", "/img/**", "/js/**", "/webjars/htmx.org/**", "/favicon.ico")
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .securityContext(context -> context.disable())
                .sessionManagement(session -> session.disable())
                .logout(logout -> logout.disable())
                .headers(headers -> headers.cacheControl(cache -> cache.disable()))
                .build();
    }
}
