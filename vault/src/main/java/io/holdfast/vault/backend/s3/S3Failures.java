package io.holdfast.vault.backend.s3;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

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

    private static final String WITHOUT_LOCK =
            "Nothing was changed. Use a bucket that was made with object lock, or ask for no lock here.";
    private static final String CREATE_BUCKET = "Nothing was changed. Create the bucket, or correct the location.";
    private static final Pattern RETAINED = Pattern.compile(
            "object[- ]?lock|under (active )?(legal hold|retention)|\\bWORM\\b|is locked", CASE_INSENSITIVE);
    private static final Pattern STATUS = Pattern.compile("Response code: (\\d{3})");

    private S3Failures() {}

    static BackendException of(Problem problem, Throwable failure) {
        return switch (failure) {
            case ErrorResponseException e ->
                problem.because(kind(e), "%s (%s)".formatted(withoutStop(e.getMessage()), code(e)), remedy(e), e);
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

    static BackendException noBucket(Problem problem, String bucket) {
        return problem.because(Kind.MISCONFIGURED, "there is no bucket '%s'".formatted(bucket), CREATE_BUCKET, null);
    }

    static BackendException tooShort(Problem problem, long wanted, long there) {
        return problem.because(
                Kind.DAMAGED,
                "%d bytes were wanted, %d are there".formatted(wanted, there),
                "Nothing was changed. Check this repository and repair the file from another copy.",
                null);
    }

    static BackendException incompleteListing(Problem problem) {
        return problem.because(
                Kind.DAMAGED,
                "the listing ended before its end",
                "Nothing was changed. It is tried again; if it stays, the store does not speak S3 properly.",
                null);
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
            case "ObjectLocked", "RetentionPolicyNotMet", "ObjectUnderActiveHold" -> Kind.RETAINED;
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
            case "AccessDenied", "InvalidRequest" ->
                isDeletion(e) && isAboutRetention(e)
                        ? Kind.RETAINED
                        : kind(e.response().code());
            default -> kind(e.response().code());
        };
    }

    private static boolean isDeletion(ErrorResponseException e) {
        return e.response().request().method().equals("DELETE");
    }

    private static boolean asksForALock(ErrorResponseException e) {
        return e.response().request().header("X-Amz-Object-Lock-Mode") != null
                || e.response().request().url().queryParameterNames().contains("retention");
    }

    /** Most stores have no code of their own for it. */
    private static boolean isAboutRetention(ErrorResponseException e) {
        return RETAINED.matcher(String.valueOf(e.getMessage())).find();
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.DENIED;
            case 507 -> Kind.FULL;
            case 0, 408, 425, 429 -> Kind.UNREACHABLE;
            default -> status >= 500 && status != 501 ? Kind.UNREACHABLE : Kind.MISCONFIGURED;
        };
    }

    private static String remedy(ErrorResponseException e) {
        return switch (code(e)) {
            case "RequestTimeTooSkewed" -> "Nothing was changed. Set this machine's clock, or the store's.";
            case "InvalidAccessKeyId" -> "Nothing was changed. Correct the access key: the store knows none like it.";
            case "SignatureDoesNotMatch" -> "Nothing was changed. Correct the secret key: it is not that access key's.";
            case "NoSuchBucket" -> CREATE_BUCKET;
            case "InvalidObjectState" ->
                "Nothing was changed. The file lies in an archive class: have the store bring it back from there first.";
            case "ObjectLockConfigurationNotFoundError" -> WITHOUT_LOCK;
            case "InvalidRequest" -> asksForALock(e) ? WITHOUT_LOCK : remedy(kind(e));
            default -> remedy(kind(e));
        };
    }

    private static String remedy(Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> "Nothing was changed. Check the repository there.";
            case DENIED ->
                "Nothing was changed. Check the access key and its secret, what the bucket's policy lets them do, and"
                        + " this machine's clock.";
            case MISCONFIGURED -> "Nothing was changed. Correct the endpoint, the region or the bucket.";
            case RETAINED -> "It is safe there, and was not deleted. Delete it once its retention has ended.";
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
