package io.holdfast.console.security;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Says no, and writes down to whom: never the token, nor the query, which may hold one. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final ProblemWriter writer;

    Refusals(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        boolean presented = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        log.atWarn()
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", request.getRequestURI())
                .addKeyValue("from", request.getRemoteAddr())
                .log(presented ? "Refused a token that is not known" : "Refused a request without a token");
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"holdfast\"");
        writer.write(
                HttpStatus.UNAUTHORIZED,
                Code.NOT_AUTHENTICATED,
                "%s Nothing was changed. Send 'Authorization: Bearer <token>'; a Holdfast started with 'up' keeps its token in the file 'token' of its data directory."
                        .formatted(
                                presented
                                        ? "The token is not known, or the header is not a bearer token."
                                        : "The request carries no token."),
                request,
                response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        var caller = request.getUserPrincipal();
        String name = caller == null ? "somebody" : caller.getName();
        log.atWarn()
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", request.getRequestURI())
                .addKeyValue("from", request.getRemoteAddr())
                .addKeyValue("caller", name)
                .log("Refused what the caller's role does not allow");
        writer.write(
                HttpStatus.FORBIDDEN,
                Code.NOT_ALLOWED,
                "The role of %s does not allow %s %s. Nothing was changed. Ask an administrator for a token with the role operator (back up, restore, download, acknowledge) or administrator (change the plan)."
                        .formatted(name, request.getMethod(), request.getRequestURI()),
                request,
                response);
    }
}
