package io.holdfast.console.security;

import java.util.Map;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/** Answers Spring Security's question about a bearer token. */
final class AccessTokenIntrospector implements OpaqueTokenIntrospector {

    private final AccessTokens tokens;

    AccessTokenIntrospector(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        return tokens.holderOf(token)
                .map(holder -> new DefaultOAuth2AuthenticatedPrincipal(
                        holder.name(),
                        Map.of("sub", holder.name(), "role", holder.role().wire()),
                        holder.role().authorities()))
                .orElseThrow(() -> new BadOpaqueTokenException("the token is not known"));
    }
}
