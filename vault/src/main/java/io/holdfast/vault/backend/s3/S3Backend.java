package io.holdfast.vault.backend.s3;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.Problem;
import io.holdfast.vault.backend.s3.S3Calls.Patience;
import io.holdfast.vault.backend.s3.S3Calls.Refused;
import io.minio.GetObjectResponse;
import io.minio.Http;
import io.minio.messages.Contents;
import io.minio.messages.ListBucketResultV2;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository in an S3 bucket, laid out as restic does.
 *
 * <p>Each file is one plain PUT that carries its SHA-256 and MD5, so a store that knows either refuses what arrives
 * changed; the answer is compared as well. A request that gets no answer for a minute fails, and none is repeated here:
 * that is the business of {@link io.holdfast.vault.backend.RetryingBackend}.
 *
 * <p>Of two that found a repository at once, one wins where the store honours {@code If-None-Match}. A missing bucket is
 * {@code MISCONFIGURED} and is created by {@link #createBucketIfMissing()} only.
 */
public final class S3Backend implements Backend {

    private final S3Location location;
    private final S3Calls calls;
    private final S3Bucket bucket;

    private S3Backend(S3Location location, S3Calls calls) {
        this.location = location;
        this.calls = calls;
        this.bucket = new S3Bucket(location.bucket(), calls);
    }

    /** A repository at the location; no request is sent before the first call. */
    public static S3Backend at(S3Location location, S3Credentials credentials) {
        return at(location, credentials, Patience.DEFAULT);
    }

    static S3Backend at(S3Location location, S3Credentials credentials, Patience patience) {
        return new S3Backend(location, new S3Calls(location, credentials, patience));
    }

    /** Creates the bucket where this account has none of the name yet. */
    public void createBucketIfMissing() throws BackendException {
        Problem problem = new Problem("create the bucket", location());
        try {
            if (!bucket.exists(problem)) {
                bucket.create(problem);
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
        if (handle.type() == FileType.CONFIG) {
            storeConfig(content, problem);
            return;
        }
        try {
            put(handle, content, false, problem);
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
    }

    @Override
    public byte[] load(Handle handle) throws BackendException {
        return get(handle, null, null);
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws BackendException {
        Problem problem = Problem.with("load", handle, location());
        if (length == 0) {
            if (offset > size(handle)) {
                throw tooShort(problem, 0, 0);
            }
            return new byte[0];
        }
        byte[] part = get(handle, offset, (long) length);
        if (part.length != length) {
            throw tooShort(problem, length, part.length);
        }
        return part;
    }

    @Override
    public long size(Handle handle) throws BackendException {
        Problem problem = Problem.with("find", handle, location());
        try {
            return bucket.size(location.key(handle), problem);
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
        String next = null;
        do {
            ListBucketResultV2 page = page(type, next, problem);
            for (Contents object : page.contents()) {
                addIfOurs(found, type, object);
            }
            next = page.isTruncated() ? page.nextContinuationToken() : null;
            if (page.isTruncated() && next == null) {
                throw problem.because(
                        Kind.DAMAGED,
                        "the listing ended before its end",
                        "Nothing was changed. It is tried again; if it stays, the store does not speak S3 properly.",
                        null);
            }
        } while (next != null);
        return found;
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

    @Override
    public void close() {
        calls.close();
    }

    private void storeConfig(byte[] content, Problem problem) throws BackendException {
        if (!config().isEmpty()) {
            mustBeSameConfig(content, problem, null);
            return;
        }
        try {
            putConfig(content, problem);
        } catch (Refused e) {
            if (!e.says("PreconditionFailed")) {
                throw S3Failures.of(problem, e.reason());
            }
            mustBeSameConfig(content, problem, e.reason());
        }
    }

    /** Some stores refuse the precondition itself; there nothing better can be done than to have looked before. */
    private void putConfig(byte[] content, Problem problem) throws BackendException, Refused {
        try {
            put(Handle.CONFIG, content, true, problem);
        } catch (Refused e) {
            if (!e.says("NotImplemented")) {
                throw e;
            }
            put(Handle.CONFIG, content, false, problem);
        }
    }

    private void mustBeSameConfig(byte[] content, Problem problem, @Nullable Throwable cause) throws BackendException {
        if (!Arrays.equals(load(Handle.CONFIG), content)) {
            throw problem.because(
                    Kind.MISCONFIGURED,
                    "there is a repository already",
                    "It was not changed. Open that one, or choose another prefix.",
                    cause);
        }
    }

    private void put(Handle handle, byte[] content, boolean onlyIfAbsent, Problem problem)
            throws BackendException, Refused {
        Digests digests = Digests.of(content);
        Http.Headers headers = digests.headers();
        if (onlyIfAbsent) {
            headers.put("If-None-Match", "*");
        }
        Receipt receipt = bucket.put(location.key(handle), content, headers, problem);
        switch (receipt.compareWith(digests)) {
            case SAME -> {}
            case DIFFERENT -> throw arrivedChanged(problem, "its checksum differs");
            case SILENT -> {
                long size = bucket.size(location.key(handle), problem);
                if (size != content.length) {
                    throw arrivedChanged(problem, "%d of %d bytes are there".formatted(size, content.length));
                }
            }
        }
    }

    private byte[] get(Handle handle, @Nullable Long offset, @Nullable Long length) throws BackendException {
        Problem problem = Problem.with("load", handle, location());
        try (GetObjectResponse object = bucket.get(location.key(handle), offset, length, problem)) {
            return object.readAllBytes();
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        } catch (BackendException e) {
            throw e;
        } catch (IOException e) {
            throw S3Failures.withoutAnswer(problem, e);
        }
    }

    private ListBucketResultV2 page(FileType type, @Nullable String from, Problem problem) throws BackendException {
        try {
            return bucket.page(location.keyPrefix(type), from, problem);
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
    }

    private void addIfOurs(List<Entry> found, FileType type, Contents object) {
        String key = object.objectName();
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (Handle.isId(name)) {
            Handle handle = new Handle(type, name);
            if (location.key(handle).equals(key)) {
                found.add(new Entry(handle, object.size()));
            }
        }
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
                throw problem.because(
                        Kind.MISCONFIGURED,
                        "there is no bucket '%s'".formatted(location.bucket()),
                        "Nothing was changed. Create the bucket, or correct the location.",
                        null);
            }
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
    }

    private static BackendException arrivedChanged(Problem problem, String how) {
        return problem.because(
                Kind.DAMAGED,
                "the file did not arrive as it was sent, " + how,
                "It is sent again; if it stays, do not trust this place.",
                null);
    }

    private static BackendException tooShort(Problem problem, int wanted, int there) {
        return problem.because(
                Kind.DAMAGED,
                "%d bytes were wanted, %d are there".formatted(wanted, there),
                "Nothing was changed. Check this repository and repair the file from another copy.",
                null);
    }
}
