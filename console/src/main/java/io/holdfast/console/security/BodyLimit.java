package io.holdfast.console.security;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are too large, or that do not say beforehand how large they are. */
final class BodyLimit extends OncePerRequestFilter {

    private final DataSize most;
    private final ProblemWriter writer;

    BodyLimit(DataSize most, ProblemWriter writer) {
        this.most = most;
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            writer.write(
                    HttpStatus.LENGTH_REQUIRED,
                    Code.TOO_LARGE,
                    "The body does not say how large it is. Nothing was changed. Send it with a Content-Length.",
                    request,
                    response);
        } else if (request.getContentLengthLong() > most.toBytes()) {
            writer.write(
                    HttpStatus.CONTENT_TOO_LARGE,
                    Code.TOO_LARGE,
                    "The body has %d bytes, and no request may have more than %d. Nothing was changed."
                            .formatted(request.getContentLengthLong(), most.toBytes()),
                    request,
                    response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
