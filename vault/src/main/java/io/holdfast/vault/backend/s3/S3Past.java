package io.holdfast.vault.backend.s3;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.Problem;
import io.holdfast.vault.backend.s3.S3Calls.Refused;
import io.minio.messages.Item;
import io.minio.messages.ListVersionsResult;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bucket as it was at a time, by the versions it keeps. What each type held is listed once. */
final class S3Past implements Backend {

    private final S3Location location;
    private final S3Bucket bucket;
    private final Instant time;
    private final Map<FileType, Map<Handle, Version>> held = new EnumMap<>(FileType.class);

    /** @param id of the version; null for the marker that a deletion leaves */
    private record Version(@Nullable String id, long size, Instant since) {

        static Version of(Item item) {
            return new Version(
                    item.isDeleteMarker() ? null : item.versionId(),
                    item.size(),
                    item.lastModified().toInstant());
        }

        /** The later one; of a file and a deletion within one second the file, which may be needed. */
        Version laterOf(Version other) {
            int order = since.compareTo(other.since);
            return order > 0 || (order == 0 && id != null) ? this : other;
        }
    }

    S3Past(S3Location location, S3Bucket bucket, Instant time) {
        this.location = location;
        this.bucket = bucket;
        this.time = time;
    }

    @Override
    public String location() {
        return "%s as of %s".formatted(location, time);
    }

    @Override
    public void store(Handle handle, byte[] content) throws BackendException {
        if (handle.type() != FileType.LOCK) {
            throw past(Problem.with("store", handle, location()));
        }
    }

    @Override
    public byte[] load(Handle handle) throws BackendException {
        Problem problem = Problem.with("load", handle, location());
        return get(handle, find(handle, problem), null, null, problem);
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws BackendException {
        Problem problem = Problem.with("load", handle, location());
        Version version = find(handle, problem);
        if (offset + length > version.size()) {
            throw S3Failures.tooShort(problem, length, Math.max(0, version.size() - offset));
        }
        return length == 0 ? new byte[0] : get(handle, version, offset, (long) length, problem);
    }

    @Override
    public long size(Handle handle) throws BackendException {
        return find(handle, Problem.with("find", handle, location())).size();
    }

    @Override
    public List<Entry> list(FileType type) throws BackendException {
        if (type == FileType.LOCK) {
            return List.of();
        }
        return held(type).entrySet().stream()
                .filter(file -> file.getValue().id() != null)
                .map(file -> new Entry(file.getKey(), file.getValue().size()))
                .toList();
    }

    @Override
    public void delete(Handle handle) throws BackendException {
        if (handle.type() != FileType.LOCK) {
            throw past(Problem.with("delete", handle, location()));
        }
    }

    @Override
    public void close() {
        bucket.calls().close();
    }

    private byte[] get(Handle handle, Version version, @Nullable Long offset, @Nullable Long length, Problem problem)
            throws BackendException {
        try {
            return bucket.get(location.key(handle), version.id(), offset, length, problem);
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
    }

    private Version find(Handle handle, Problem problem) throws BackendException {
        Version version = held(handle.type()).get(handle);
        if (version == null || version.id() == null) {
            throw problem.because(
                    Kind.NOT_FOUND,
                    "no version of the file is there from that time",
                    "Nothing was changed. Choose another time, and see that the bucket keeps versions.",
                    null);
        }
        return version;
    }

    private Map<Handle, Version> held(FileType type) throws BackendException {
        synchronized (held) {
            Map<Handle, Version> known = held.get(type);
            if (known == null) {
                known = read(type);
                held.put(type, known);
            }
            return known;
        }
    }

    private Map<Handle, Version> read(FileType type) throws BackendException {
        Problem problem = new Problem(
                "list the versions of " + (type == FileType.CONFIG ? "config" : type.directory()), location());
        Map<Handle, Version> found = new HashMap<>();
        try {
            String key = null;
            String id = null;
            do {
                ListVersionsResult page = bucket.versions(location.keyPrefix(type), key, id, problem);
                page.contents().forEach(version -> add(type, version, found));
                page.deleteMarkers().forEach(marker -> add(type, marker, found));
                key = page.isTruncated() ? page.nextKeyMarker() : null;
                id = page.isTruncated() ? page.nextVersionIdMarker() : null;
                if (page.isTruncated() && key == null) {
                    throw S3Failures.incompleteListing(problem);
                }
            } while (key != null);
        } catch (Refused e) {
            throw S3Failures.of(problem, e.reason());
        }
        return found;
    }

    private void add(FileType type, Item item, Map<Handle, Version> found) {
        Version version = Version.of(item);
        if (!version.since().isAfter(time)) {
            location.handle(type, item.objectName())
                    .ifPresent(handle -> found.merge(handle, version, Version::laterOf));
        }
    }

    private static BackendException past(Problem problem) {
        return problem.because(
                Kind.DENIED,
                "this is a view of the past, which cannot be changed",
                "Nothing was changed. Open the place without a time to work on it.",
                null);
    }
}
