package io.holdfast.vault.backend.s3;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.BackendOptions;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.ObjectLock;
import io.holdfast.vault.backend.Problem;
import io.holdfast.vault.backend.s3.S3Calls.Refused;
import io.minio.HeadObjectResponse;
import io.minio.Http;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * How a file gets into a bucket, and how the bucket shows that it holds what was sent.
 *
 * <p>Each file is one plain PUT with {@code If-None-Match}, so a file that is there is neither sent over nor given a second
 * version. A store that ignores the condition overwrites the file with the same content; one that refuses it is not asked
 * again. A file that is damaged is overwritten without the condition: until the good one is there, the damaged stays.
 */
final class S3Writes {

    private final S3Location location;
    private final S3Bucket bucket;
    private final BackendOptions options;
    private volatile boolean conditions = true;

    S3Writes(S3Location location, S3Bucket bucket, BackendOptions options) {
        this.location = location;
        this.bucket = bucket;
        this.options = options;
    }

    void store(Handle handle, byte[] content, Problem problem) throws BackendException, Refused {
        Digests digests = Digests.of(content);
        if (handle.type() == FileType.CONFIG && isThere(handle, problem)) {
            mustBeSameConfig(content, problem);
        } else if (!putIfAbsent(handle, content, digests, problem)) {
            settle(handle, content, digests, problem);
        }
    }

    /** Keeps a file that is kept for less than until then as long as a new one. */
    boolean retain(Handle handle, Instant until, Problem problem) throws BackendException, Refused {
        ObjectLock lock = options.objectLock();
        if (lock == null || handle.type() == FileType.LOCK) {
            return false;
        }
        Instant atLeast = wholeSeconds(until);
        HeadObjectResponse found = bucket.head(location.key(handle), problem);
        if (found.lockRetainUntilDate() != null
                && !found.lockRetainUntilDate().toInstant().isBefore(atLeast)) {
            return false;
        }
        Instant asNew = end(lock);
        bucket.retain(location.key(handle), lock.mode(), asNew.isAfter(atLeast) ? asNew : atLeast, problem);
        return true;
    }

    /** The file is there already. What differs from what its name promises is damage, and is overwritten. */
    private void settle(Handle handle, byte[] content, Digests digests, Problem problem)
            throws BackendException, Refused {
        if (handle.type() == FileType.CONFIG) {
            mustBeSameConfig(content, problem);
        } else if (holds(
                handle, content, Receipt.ofHead(bucket.head(location.key(handle), problem)), digests, problem)) {
            ObjectLock lock = options.objectLock();
            if (lock != null) {
                retain(handle, end(lock), problem);
            }
        } else {
            put(handle, content, digests, headers(handle, digests), problem);
        }
    }

    /** Whether the file was not there and now is. */
    private boolean putIfAbsent(Handle handle, byte[] content, Digests digests, Problem problem)
            throws BackendException, Refused {
        Http.Headers headers = headers(handle, digests);
        if (conditions) {
            headers.put("If-None-Match", "*");
        }
        try {
            put(handle, content, digests, headers, problem);
        } catch (Refused e) {
            if (headers.containsKey("If-None-Match") && e.says("NotImplemented")) {
                conditions = false;
                return putIfAbsent(handle, content, digests, problem);
            }
            if (e.says("PreconditionFailed")) {
                return false;
            }
            throw e;
        }
        return true;
    }

    private void put(Handle handle, byte[] content, Digests digests, Http.Headers headers, Problem problem)
            throws BackendException, Refused {
        Receipt receipt = bucket.put(location.key(handle), content, headers, problem);
        if (!holds(handle, content, receipt, digests, problem)) {
            throw arrivedChanged(problem);
        }
    }

    /** A store that can tell neither checksum is asked for the file itself. */
    private boolean holds(Handle handle, byte[] content, Receipt receipt, Digests digests, Problem problem)
            throws BackendException, Refused {
        return switch (receipt.compareWith(digests)) {
            case SAME -> true;
            case DIFFERENT -> false;
            case SILENT -> Arrays.equals(bucket.get(location.key(handle), null, null, null, problem), content);
        };
    }

    private Http.Headers headers(Handle handle, Digests digests) {
        Http.Headers headers = digests.headers();
        if (options.storageClass() != null && handle.type() == FileType.PACK && !handle.holdsTrees()) {
            headers.put("X-Amz-Storage-Class", options.storageClass());
        }
        ObjectLock lock = options.objectLock();
        if (lock != null && handle.type() != FileType.LOCK) {
            headers.put("X-Amz-Object-Lock-Mode", lock.mode().name());
            headers.put("X-Amz-Object-Lock-Retain-Until-Date", end(lock).toString());
        }
        return headers;
    }

    private static Instant end(ObjectLock lock) {
        return wholeSeconds(Instant.now().plus(lock.duration()));
    }

    /** The next whole second, because no store keeps more of a retention's end. */
    private static Instant wholeSeconds(Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(time) ? time : second.plusSeconds(1);
    }

    private boolean isThere(Handle handle, Problem problem) throws BackendException, Refused {
        try {
            bucket.head(location.key(handle), problem);
            return true;
        } catch (Refused e) {
            if (e.says("NoSuchKey")) {
                return false;
            }
            throw e;
        }
    }

    private void mustBeSameConfig(byte[] content, Problem problem) throws BackendException, Refused {
        if (!Arrays.equals(bucket.get(location.key(Handle.CONFIG), null, null, null, problem), content)) {
            throw problem.because(
                    Kind.MISCONFIGURED,
                    "there is a repository already",
                    "It was not changed. Open that one, or choose another prefix.",
                    null);
        }
    }

    private static BackendException arrivedChanged(Problem problem) {
        return problem.because(
                Kind.DAMAGED,
                "the file did not arrive as it was sent",
                "It is sent again; if it stays, do not trust this place.",
                null);
    }
}
