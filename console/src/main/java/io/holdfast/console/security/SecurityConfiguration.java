package io.holdfast.console.security;

import io.holdfast.console.problem.ProblemWriter;
import io.holdfast.console.settings.ConsoleSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who may do what. There are no cookies and no sessions, so there is nothing for CSRF to ride on. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    private static final String VIEWER = Role.VIEWER.name();
    private static final String OPERATOR = Role.OPERATOR.name();
    private static final String ADMINISTRATOR = Role.ADMINISTRATOR.name();

    @Bean
    OpaqueTokenIntrospector accessTokenIntrospector(ConsoleSettings settings) {
        return new AccessTokenIntrospector(new AccessTokens(settings.tokenFile()));
    }

    /**
     * The site's own door. In one process with a restore-service the two share a web server, but not their tokens: the
     * restore-service asks for the site's token itself, which a chain with the console's tokens would refuse as unknown.
     */
    @Bean
    @Order(1)
    SecurityFilterChain siteSecurity(HttpSecurity http) throws Exception {
        return plain(http.securityMatcher("/site/**"))
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain consoleSecurity(
            HttpSecurity http, ProblemWriter problems, OpaqueTokenIntrospector introspector, ConsoleSettings settings)
            throws Exception {
        var refusals = new Refusals(problems);
        return plain(http)
                .authorizeHttpRequests(
                        paths -> paths.requestMatchers(HttpMethod.GET, "/actuator/health", "/actuator/health/**")
                                .permitAll()
                                .requestMatchers("/error")
                                .permitAll()
                                .requestMatchers(HttpMethod.GET, "/api/backups/*/download")
                                .hasRole(OPERATOR)
                                .requestMatchers(HttpMethod.GET, "/**")
                                .hasRole(VIEWER)
                                .requestMatchers(HttpMethod.POST, "/api/**")
                                .hasRole(OPERATOR)
                                .anyRequest()
                                .hasRole(ADMINISTRATOR))
                .oauth2ResourceServer(server -> server.opaqueToken(opaque -> opaque.introspector(introspector))
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterAfter(new BodyLimit(settings.maxBody(), problems), AuthorizationFilter.class)
                .build();
    }

    private static HttpSecurity plain(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny));
    }
}
