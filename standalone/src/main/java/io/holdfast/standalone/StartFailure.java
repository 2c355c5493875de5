package io.holdfast.standalone;

import io.holdfast.vault.feedback.Problem;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Why a context did not start. Apart from the commands, whose own classes must not load Spring's. */
final class StartFailure {

    private StartFailure() {}

    /**
     * The port that is taken, or the settings that are wrong, if it was those; otherwise what the last cause with a code says,
     * and without one the last cause.
     */
    static String reason(Throwable failure) {
        return causes(failure, PortInUseException.class)
                .map(taken -> "another program has port %d (server.port)".formatted(taken.getPort()))
                .findFirst()
                .or(() -> causes(failure, BindValidationException.class)
                        .flatMap(invalid -> invalid.getValidationErrors().getAllErrors().stream())
                        .map(StartFailure::setting)
                        .reduce("%s, %s"::formatted))
                .or(() -> causes(failure, Throwable.class)
                        .map(cause -> Objects.requireNonNullElse(cause.getMessage(), ""))
                        .filter(StartFailure::hasCode)
                        .reduce((_, last) -> last))
                .orElseGet(() -> last(NestedExceptionUtils.getMostSpecificCause(failure)));
    }

    /** Such a reason tells by itself what is safe and what to do. */
    static boolean hasCode(String reason) {
        return reason.startsWith("HF-");
    }

    private static String last(Throwable cause) {
        return cause instanceof IOException e ? Problem.reason(e) : String.valueOf(cause.getMessage());
    }

    private static <T extends Throwable> Stream<T> causes(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static String setting(ObjectError error) {
        return error instanceof FieldError field
                ? "%s.%s %s (it is %s)"
                        .formatted(
                                field.getObjectName(),
                                field.getField(),
                                field.getDefaultMessage(),
                                field.getRejectedValue())
                : String.valueOf(error.getDefaultMessage());
    }
}
