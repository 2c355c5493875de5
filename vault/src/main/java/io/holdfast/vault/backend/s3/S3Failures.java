package io.holdfast.vault.backend.s3;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.Problem;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import java.security.cert.CertificateException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What an object store's answer, or its silence, means. */
final class S3Failures {

    private static final Pattern STATUS = Pattern.compile("Response code: (\\d{3})");

    private S3Failures() {}

    static BackendException of(Problem problem, Throwable failure) {
        return switch (failure) {
            case ErrorResponseException e ->
                problem.because(kind(e), "%s (%s)".formatted(withoutStop(e.getMessage()), code(e)), remedy(kind(e)), e);
            case ServerException e -> byStatus(problem, e.statusCode(), e);
            case InvalidResponseException e -> byStatus(problem, statusIn(e.getMessage()), e);
            case XmlParserException e -> byStatus(problem, 0, e);
            case RuntimeException e -> byStatus(problem, 0, e);
            default -> withoutAnswer(problem, failure);
        };
    }

    /** The store's own word for what went wrong, {@code NoSuchKey} for one; empty when it gave none. */
    static String code(Throwable failure) {
        return failure instanceof ErrorResponseException e && e.errorResponse().code() != null
                ? e.errorResponse().code()
                : "";
    }

    static BackendException withoutAnswer(Problem problem, Throwable failure) {
        if (isAboutTrust(failure)) {
            return problem.because(
                    Kind.MISCONFIGURED,
                    "the endpoint's certificate is not trusted",
                    "Nothing was sent. Correct the endpoint, or add its authority to the Java trust store.",
                    failure);
        }
        String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return problem.because(Kind.UNREACHABLE, why, remedy(Kind.UNREACHABLE), failure);
    }

    private static BackendException byStatus(Problem problem, int status, Throwable cause) {
        Kind kind = kind(status);
        return problem.because(
                kind,
                status == 0 ? "the answer is none that S3 gives" : "the endpoint answered with HTTP status " + status,
                remedy(kind),
                cause);
    }

    private static Kind kind(ErrorResponseException e) {
        return switch (code(e)) {
            case "NoSuchKey" -> Kind.NOT_FOUND;
            case "InvalidRange",
                    "BadDigest",
                    "InvalidDigest",
                    "XAmzContentSHA256Mismatch",
                    "XAmzContentChecksumMismatch" -> Kind.DAMAGED;
            case "QuotaExceeded", "XMinioStorageFull", "InsufficientStorage" -> Kind.FULL;
            // An archive class that does not answer at once, and a region or address that is not the bucket's.
            case "InvalidObjectState", "NoSuchBucket", "PermanentRedirect", "AuthorizationHeaderMalformed" ->
                Kind.MISCONFIGURED;
            case "SlowDown",
                    "SlowDownRead",
                    "SlowDownWrite",
                    "Throttling",
                    "RequestTimeout",
                    "IncompleteBody",
                    "OperationAborted",
                    "ConditionalRequestConflict" -> Kind.UNREACHABLE;
            default -> kind(e.response().code());
        };
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.DENIED;
            case 507 -> Kind.FULL;
            case 0, 408, 425, 429 -> Kind.UNREACHABLE;
            default -> status >= 500 && status != 501 ? Kind.UNREACHABLE : Kind.MISCONFIGURED;
        };
    }

    private static String remedy(Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> "Nothing was changed. Check the repository there.";
            case DENIED ->
                "Nothing was changed. Check the access key and its secret, what the bucket's policy lets them do, and"
                        + " this machine's clock.";
            case MISCONFIGURED -> "Nothing was changed. Correct the endpoint, the region or the bucket.";
            case FULL -> "Everything stored before is safe. Free space or raise the quota there, then try again.";
            case DAMAGED -> "Nothing was changed. It is tried again; if it stays, check the repository there.";
            case UNREACHABLE ->
                "Everything stored before is safe. It is tried again; if it stays, check the endpoint and the network.";
        };
    }

    private static String withoutStop(@Nullable String message) {
        return message == null ? "the store refused" : message.strip().replaceAll("\\.$", "");
    }

    private static int statusIn(@Nullable String message) {
        Matcher status = STATUS.matcher(message == null ? "" : message);
        return status.find() ? Integer.parseInt(status.group(1)) : 0;
    }

    private static boolean isAboutTrust(@Nullable Throwable failure) {
        return failure != null
                && (failure instanceof CertificateException
                        || failure instanceof SSLPeerUnverifiedException
                        || isAboutTrust(failure.getCause()));
    }
}
