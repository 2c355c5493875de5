package io.holdfast.embedded;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the machine lacks where something could not be written. It is seldom the fault of the file that happened to be
 * next, so it is told instead of that file's.
 *
 * @param what without a full stop
 * @param remedy a whole sentence
 */
public record WriteFault(String what, String remedy) {

    private static final long ROOM_FOR_ANY_FILE = 2L << 20;

    /** What lies behind a failure: the machine, or else what is given as the reason. */
    public static WriteFault of(IOException failure, String reason, Path place) {
        return behind(failure, place)
                .orElseGet(() -> new WriteFault(reason, "Make it writable for this user, then start again."));
    }

    /**
     * What lies behind a failure, if it was the machine.
     *
     * @param place where was to be written; need not be there
     */
    public static Optional<WriteFault> behind(Throwable failure, Path place) {
        List<String> words = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> Objects.requireNonNullElse(cause.getMessage(), ""))
                .toList();
        return Stream.of(
                        found(words, "No space left on device", () -> full(place)),
                        found(words, "quota exceeded", () -> overQuota(place)),
                        found(words, "Read-only file system", () -> readOnly(place)),
                        found(words, "Too many open files", WriteFault::tooManyFiles))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Where a disk is as good as full: less than so many bytes are free. */
    public static Optional<WriteFault> ofSpace(Path place, long needed) {
        long usable = usable(place);
        return usable < needed
                ? Optional.of(noSpace(
                        "only %d KiB are free on the disk of %s, and %d are needed"
                                .formatted(usable >> 10, place, needed >> 10),
                        place))
                : Optional.empty();
    }

    /** Tries whether a directory can be written now. */
    public static Optional<WriteFault> probe(Path directory) {
        try {
            Path file = Files.createTempFile(directory, "probe", ".tmp");
            try {
                Files.write(file, new byte[4_096]);
            } finally {
                Files.delete(file);
            }
            return Optional.empty();
        } catch (IOException e) {
            return behind(e, directory);
        }
    }

    /** The end of a message: what is wrong, what is safe, what to do. */
    public String told(String safe) {
        return "%s. %s %s".formatted(what, safe, remedy);
    }

    private interface Told {
        WriteFault fault();
    }

    private static Optional<WriteFault> found(List<String> words, String reason, Told told) {
        return words.stream().anyMatch(text -> text.contains(reason)) ? Optional.of(told.fault()) : Optional.empty();
    }

    private static WriteFault full(Path place) {
        return usable(place) < ROOM_FOR_ANY_FILE
                ? noSpace("no space is left on the disk of " + place, place)
                : new WriteFault(
                        "the disk of %s takes no more files, though it has space; probably it has no inode left"
                                .formatted(place),
                        "Delete files there that nobody needs (df -i %s counts what is left), then start again."
                                .formatted(existing(place)));
    }

    private static WriteFault noSpace(String what, Path place) {
        return new WriteFault(
                what, "Free some space (df -h %s shows it), then start again.".formatted(existing(place)));
    }

    private static WriteFault overQuota(Path place) {
        return new WriteFault(
                "this user's quota on the disk of %s is used up".formatted(place),
                "Free some space or raise the quota, then start again.");
    }

    private static WriteFault readOnly(Path place) {
        return new WriteFault(
                "the file system of %s is mounted read-only".formatted(place),
                "Mount it writable (findmnt -T %s names it; the kernel's log tells whether a fault made it so), then start again."
                        .formatted(existing(place)));
    }

    private static WriteFault tooManyFiles() {
        String limit = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? " at once than the %d it may (ulimit -n)".formatted(system.getMaxFileDescriptorCount())
                : "";
        return new WriteFault(
                "this process needs more open files" + limit,
                "Raise the limit (nofile in /etc/security/limits.conf, LimitNOFILE= of a systemd unit), then start again.");
    }

    private static long usable(Path place) {
        try {
            FileStore store = Files.getFileStore(existing(place));
            return store.getUsableSpace();
        } catch (IOException _) {
            return Long.MAX_VALUE;
        }
    }

    private static Path existing(Path place) {
        return Stream.iterate(place.toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(Files::exists)
                .findFirst()
                .orElse(place);
    }
}
