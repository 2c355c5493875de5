package io.holdfast.vault.backend.s3;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.BackendOptions;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.ObjectLock;
import io.holdfast.vault.backend.Problem;
import io.holdfast.vault.backend.s3.S3Calls.Patience;
import io.holdfast.vault.backend.s3.S3Calls.Refused;
import io.minio.HeadObjectResponse;
import io.minio.messages.Contents;
import io.minio.messages.ListBucketResultV2;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A repository in an S3 bucket, laid out as restic does.
 *
 * <p>Each file is one plain PUT that carries its SHA-256 and MD5, so a store that knows either refuses what arrives
 * changed; the answer is compared as well, and a store whose answer tells neither is asked for the file. A request that
 * gets no answer for a minute fails, and none is repeated here: that is the business of
 * {@link io.holdfast.vault.backend.RetryingBackend}.
 *
 * <p>Of two that found a repository at once, one wins where the store honours {@code If-None-Match}. A missing bucket is
 * {@code MISCONFIGURED} and is created by {@link #createBucketIfMissing()} only. In a bucket with versions a deleted file
 * stays as its last version, which {@link #asOf} still reads, until the bucket's lifecycle removes it; object lock keeps
 * it from that.
 */
public final class S3Backend implements Backend {

    private final S3Location location;
    private final S3Calls calls;
    private final S3Bucket bucket;
    private final BackendOptions options;
    private final S3Writes writes;

    private S3Backend(S3Location location, S3Calls calls, BackendOptions options) {
        this.location = location;
        this.calls = calls;
        this.bucket = new S3Bucket(location.bucket(), calls);
        this.options = options;
        this.writes = new S3Writes(location, bucket, options);
    }

    /** A repository at the location; no request is sent before the first call. */
    public static S3Backend at(S3Location location, S3Credentials credentials) {
        return at(location, credentials, BackendOptions.defaults());
    }

    /** The same, used as the options say; their time is the business of {@link #asOf}. */
    public static S3Backend at(S3Location location, S3Credentials credentials, BackendOptions options) {
        return at(location, credentials, options, Patience.DEFAULT);
    }

    static S3Backend at(S3Location location, S3Credentials credentials, BackendOptions options, Patience patience) {
        return new S3Backend(location, new S3Calls(location, credentials, options.bandwidth(), patience), options);
    }

    /**
     * The repository as it was then, past deletions and overwriting since: for reading only. A lock taken there is not
     * stored, because nothing in the past can change. Times are the store's own, to the second. Closing either closes both.
     */
    public Backend asOf(Instant time) {
        return new S3Past(location, bucket, time);
    }

    /** Creates the bucket where this account has none of the name yet; with object lock where the options name one. */
    public void createBucketIfMissing() throws BackendException {
        Problem problem = new Problem("create the bucket", location());
        try {
            if (!bucket.exists(problem)) {
                bucket.create(options.objectLock() != null, problem);
            }
        } catch (Refused e) {
            if (!e.says("BucketAlreadyOwnedByYou")) {
                throw S3Failures.of(problem, e.reason());
            }
        }
    }

    @Override
    public String location() {
        return location.toString();
    }

    @Override
    public void store(Handle handle, byte[] content) throws BackendException {
        Problem problem = Problem.with("store", handle, location());
        try {
            writes.store(handle, content, problem);
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
    }

    @Override
    public byte[] load(Handle handle) throws BackendException {
        Problem problem = Problem.with("load", handle, location());
        try {
            return bucket.get(location.key(handle), null, null, null, problem);
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws BackendException {
        Problem problem = Problem.with("load", handle, location());
        if (length == 0) {
            if (offset > size(handle)) {
                throw S3Failures.tooShort(problem, 0, 0);
            }
            return new byte[0];
        }
        try {
            byte[] part = bucket.get(location.key(handle), null, offset, (long) length, problem);
            if (part.length != length) {
                throw S3Failures.tooShort(problem, length, part.length);
            }
            return part;
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
    }

    @Override
    public long size(Handle handle) throws BackendException {
        return head(handle).size();
    }

    @Override
    public Optional<Instant> storedAt(Handle handle) throws BackendException {
        return Optional.ofNullable(head(handle).lastModified()).map(ZonedDateTime::toInstant);
    }

    private HeadObjectResponse head(Handle handle) throws BackendException {
        Problem problem = Problem.with("find", handle, location());
        try {
            return bucket.head(location.key(handle), problem);
        } catch (Refused e) {
            // The answer to HEAD has no body, so it cannot tell a missing bucket from a missing file.
            if (e.says("NoSuchKey")) {
                mustHaveBucket(problem);
            }
            throw S3Failures.of(problem, e.reason());
        }
    }

    @Override
    public List<Entry> list(FileType type) throws BackendException {
        if (type == FileType.CONFIG) {
            return config();
        }
        Problem problem = new Problem("list " + type.directory(), location());
        List<Entry> found = new ArrayList<>();
        try {
            String next = null;
            do {
                ListBucketResultV2 page = bucket.page(location.keyPrefix(type), next, problem);
                if (page.keyCount() > page.contents().size()) {
                    throw S3Failures.incompleteListing(problem);
                }
                for (Contents object : page.contents()) {
                    location.handle(type, object.objectName())
                            .ifPresent(handle -> found.add(new Entry(handle, object.size())));
                }
                next = page.isTruncated() ? page.nextContinuationToken() : null;
                if (page.isTruncated() && next == null) {
                    throw S3Failures.incompleteListing(problem);
                }
            } while (next != null);
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
        return found;
    }

    /** The names directly below this place under which there is something. */
    List<String> directories() throws BackendException {
        Problem problem = new Problem("list the directories", location());
        String prefix = location.keyPrefix();
        List<String> names = new ArrayList<>();
        try {
            String next = null;
            do {
                ListBucketResultV2 page = bucket.directories(prefix, next, problem);
                page.commonPrefixes().forEach(each -> {
                    String key = each.toItem().objectName();
                    names.add(key.substring(prefix.length(), key.length() - 1));
                });
                next = page.isTruncated() ? page.nextContinuationToken() : null;
                if (page.isTruncated() && next == null) {
                    throw S3Failures.incompleteListing(problem);
                }
            } while (next != null);
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
        return names;
    }

    @Override
    public void delete(Handle handle) throws BackendException {
        Problem problem = Problem.with("delete", handle, location());
        try {
            bucket.remove(location.key(handle), problem);
        } catch (Refused e) {
            if (!e.says("NoSuchKey")) {
                throw S3Failures.of(problem, e.reason());
            }
        }
    }

    /** Its answer to a write tells a checksum, or it is asked for the file. */
    @Override
    public boolean hashesArrivals() {
        return true;
    }

    @Override
    public Optional<Duration> retention() {
        return Optional.ofNullable(options.objectLock()).map(ObjectLock::duration);
    }

    @Override
    public boolean retain(Handle handle, Instant until) throws BackendException {
        Problem problem = Problem.with("keep", handle, location());
        try {
            return writes.retain(handle, until, problem);
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
    }

    @Override
    public void close() {
        calls.close();
    }

    private List<Entry> config() throws BackendException {
        try {
            return List.of(new Entry(Handle.CONFIG, size(Handle.CONFIG)));
        } catch (BackendException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    private void mustHaveBucket(Problem problem) throws BackendException {
        try {
            if (!bucket.exists(problem)) {
                throw S3Failures.noBucket(problem, location.bucket());
            }
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
    }
}
