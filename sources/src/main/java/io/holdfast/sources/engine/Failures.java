package io.holdfast.sources.engine;

import com.github.dockerjava.api.exception.DockerException;
import io.holdfast.sources.engine.EngineException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;

/** Turns whatever goes wrong with an engine into one kind of exception. */
final class Failures {

    private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final int MOST_OF_A_BODY = 8192;

    private final EngineAddress address;

    Failures(EngineAddress address) {
        this.address = address;
    }

    /**
     * @param what was asked, as in "Cannot …"
     * @param missing what a 404 says
     */
    EngineException of(String what, Reason missing, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof EngineException known) {
                return known;
            }
            if (cause instanceof DockerException answer) {
                return answered(what, missing, answer.getHttpStatus(), String.valueOf(answer.getMessage()));
            }
            if (cause instanceof IOException failure) {
                return failed(what, failure);
            }
        }
        return new EngineException(
                Reason.SERVER_ERROR,
                "Cannot %s on %s: its answer is not understood: %s".formatted(what, address, text(thrown)),
                thrown);
    }

    /** By the status of an answer and its body. */
    EngineException answered(String what, Reason missing, int status, String body) {
        String says = message(body);
        String where = "Cannot %s on %s: ".formatted(what, address);
        return switch (status) {
            case 401, 403 ->
                says.contains("read-only")
                        ? new EngineException(Reason.CONFLICT, where + says)
                        : new EngineException(
                                Reason.DENIED,
                                where + "denied (%d: %s). Nothing was changed. ".formatted(status, says)
                                        + "Let the socket proxy, or the engine's policy, allow the call.");
            case 404 -> new EngineException(missing(missing, says), where + says);
            case 409 -> new EngineException(Reason.CONFLICT, where + says);
            case 502, 503, 504 ->
                new EngineException(
                        Reason.UNREACHABLE,
                        where + "what stands in front of the engine cannot reach it (%d)".formatted(status));
            default ->
                new EngineException(Reason.SERVER_ERROR, where + "the engine answered %d: %s".formatted(status, says));
        };
    }

    private static Reason missing(Reason otherwise, String says) {
        String text = says.toLowerCase(Locale.ROOT);
        if (text.contains("no such image")) {
            return Reason.NO_SUCH_IMAGE;
        }
        return text.contains("no such container") ? Reason.NO_SUCH_CONTAINER : otherwise;
    }

    private EngineException failed(String what, IOException failure) {
        String where = "Cannot %s on %s: ".formatted(what, address);
        if (isBefore(failure)) {
            return new EngineException(
                    Reason.UNREACHABLE,
                    where + "the engine cannot be reached (%s). Nothing was changed. ".formatted(text(failure))
                            + "Start it, correct DOCKER_HOST, or let this user at its socket.",
                    failure);
        }
        return lost(what, text(failure), failure);
    }

    EngineException lost(String what, String how, Throwable cause) {
        return new EngineException(
                Reason.LOST,
                "Lost the engine %s in the middle, while it was to %s: %s. ".formatted(address, what, how)
                        + "How far it came is not known.",
                cause);
    }

    EngineException lost(String what, String how) {
        return new EngineException(
                Reason.LOST, "Cannot %s on %s: %s. How far it came is not known.".formatted(what, address, how));
    }

    /** Of an engine that gave up reading, for which it has no words: it ends its answer. */
    EngineException cut(String what, String how) {
        return new EngineException(
                Reason.LOST,
                "Cannot %s on %s: %s. An engine does not say why it gives up; one reason is a file that becomes shorter while it is read, which quiesce prevents."
                        .formatted(what, address, how));
    }

    EngineException conflict(String what, String how) {
        return new EngineException(Reason.CONFLICT, "Cannot %s on %s: %s".formatted(what, address, how));
    }

    EngineException silent(String what, String limit) {
        return new EngineException(
                Reason.UNREACHABLE,
                "Cannot %s on %s: no answer within %s. ".formatted(what, address, limit)
                        + "Whether it was done is not known. Look whether the engine hangs.");
    }

    static EngineException interrupted(String what) {
        Thread.currentThread().interrupt();
        return new EngineException(
                Reason.INTERRUPTED,
                "Interrupted in the attempt to %s; whether it was done is not known".formatted(what));
    }

    /** Runs a check of arguments, whose failure is BAD_NAME. */
    static void checking(Runnable check) throws EngineException {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw badName(e);
        }
    }

    static EngineException badName(IllegalArgumentException why) {
        return new EngineException(Reason.BAD_NAME, "Refused: %s. Nothing was done.".formatted(why.getMessage()), why);
    }

    /** Whether it went wrong before anything was sent. */
    private static boolean isBefore(IOException failure) {
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof NoRouteToHostException
                || failure instanceof SSLHandshakeException
                || text(failure).matches("(?s).*(No such file or directory|Permission denied|[Cc]onnect timed out).*");
    }

    static String body(InputStream body) throws IOException {
        return new String(body.readNBytes(MOST_OF_A_BODY), StandardCharsets.UTF_8);
    }

    private static String message(String body) {
        Matcher json = MESSAGE.matcher(body);
        return Printable.of(json.find() ? json.group(1).replaceAll("\\\\(.)", "$1") : body);
    }

    private static String text(Throwable thrown) {
        String message = thrown.getMessage();
        return Printable.of(message == null ? thrown.getClass().getSimpleName() : message);
    }
}
