package io.holdfast.console.api;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/**
 * Who asks.
 *
 * @param from the address the request came from
 */
record Caller(String name, String from) {

    static Caller of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            throw new IllegalStateException("the security chain let a request without a caller through");
        }
        return new Caller(principal.getName(), request.getRemoteAddr());
    }
}
