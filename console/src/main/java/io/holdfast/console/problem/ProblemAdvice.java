package io.holdfast.console.problem;

import io.holdfast.events.EventJson;
import io.holdfast.messaging.BrokerUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Turns whatever goes wrong into problem details. Last in order, so that another service in the same process may have
 * its own word on its own paths.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> onProblem(ConsoleProblem problem) {
        return answer(problem.toDetail());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> onBroker(BrokerUnavailable e) {
        log.warn("{}", e.getMessage());
        return answer(ConsoleProblem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                Code.BROKER_UNAVAILABLE,
                "The request could not be handed to the broker, so nobody may have taken it on. Every backup in vaults"
                        + " and regions is safe, and nothing was changed by halves. Start the broker, or see"
                        + " spring.kafka.bootstrap-servers, and ask again; with the same Idempotency-Key nothing is"
                        + " done twice. Without a broker, 'holdfast vault restore' reads a vault or region directly."));
    }

    /** A header or parameter with characters that none may have, seen when it is read. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> onRejected(RequestRejectedException e) {
        return answer(ConsoleProblem.of(
                HttpStatus.BAD_REQUEST,
                Code.UNREADABLE_REQUEST,
                "A header or parameter holds characters that are not allowed. Nothing was changed."));
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemDetail> onBug(Exception e, HttpServletRequest request) throws Exception {
        if (e instanceof AuthenticationException || e instanceof AccessDeniedException) {
            throw e; // the security filters answer
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return answer(ConsoleProblem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                Code.INTERNAL,
                "The console made a mistake; its log says more. Every backup in vaults and regions is safe. Ask again"
                        + " with the same Idempotency-Key, and report it if it stays."));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode statusCode, WebRequest request) {
        HttpStatus status = HttpStatus.valueOf(statusCode.value());
        String text = body instanceof ProblemDetail detail ? detail.getDetail() : null;
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ConsoleProblem.of(status, code(status), text(e, text, request)));
    }

    private static String text(Exception e, @Nullable String text, WebRequest request) {
        if (e instanceof HttpMessageNotReadableException unreadable) {
            return unreadable(unreadable);
        }
        String path =
                request instanceof ServletWebRequest web ? web.getRequest().getRequestURI() : "";
        return "%s %s. Nothing was changed. The API is described at /v3/api-docs."
                .formatted(path, text == null ? "cannot be answered" : "cannot be answered: " + strip(text));
    }

    private static String strip(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String unreadable(HttpMessageNotReadableException e) {
        String wrong = switch (e.getCause()) {
            case UnrecognizedPropertyException unknown ->
                "The body's field '%s' is not known; known are %s"
                        .formatted(EventJson.field(unknown), unknown.getKnownPropertyIds());
            case StreamReadException noJson ->
                "The body cannot be read as JSON at line %d, column %d: %s"
                        .formatted(
                                noJson.getLocation().getLineNr(),
                                noJson.getLocation().getColumnNr(),
                                strip(noJson.getOriginalMessage()));
            case JacksonException kind
            when !kind.getPath().isEmpty() ->
                "The body's field '%s' holds a value of the wrong kind".formatted(EventJson.field(kind));
            case JacksonException _ -> "The body is no JSON object";
            case null, default -> "The body is missing or cannot be read";
        };
        return wrong + ". Nothing was changed. The API is described at /v3/api-docs.";
    }

    private static Code code(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> Code.NO_SUCH_PATH;
            case METHOD_NOT_ALLOWED -> Code.WRONG_METHOD;
            case UNSUPPORTED_MEDIA_TYPE, NOT_ACCEPTABLE -> Code.WRONG_MEDIA_TYPE;
            case CONTENT_TOO_LARGE -> Code.TOO_LARGE;
            default -> status.is4xxClientError() ? Code.UNREADABLE_REQUEST : Code.INTERNAL;
        };
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail detail) {
        return ResponseEntity.status(detail.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail);
    }
}
