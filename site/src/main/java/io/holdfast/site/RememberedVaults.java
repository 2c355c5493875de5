package io.holdfast.site;

import io.holdfast.sources.durable.DurableFiles;
import io.holdfast.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which repository each stack had at this site when it was opened last, and on which disk, whatever has become of its vault
 * since. Two lines for each stack; the second is missing for a disk that is always there.
 */
final class RememberedVaults {

    private static final Logger log = LoggerFactory.getLogger(RememberedVaults.class);

    /**
     * A vault that was opened.
     *
     * @param id the repository's
     * @param disk where the disk that it lay on was mounted; null for the root, or if it is not known
     */
    record Remembered(String id, @Nullable Path disk) {

        static Remembered of(Vault vault, Path place) throws IOException {
            Path disk = MountPoint.of(place);
            return new Remembered(vault.id().toString(), disk.getParent() == null ? null : disk);
        }

        private static Remembered parse(String note) {
            String[] lines = note.split("\n", 2);
            return new Remembered(lines[0], lines.length == 1 ? null : Path.of(lines[1]));
        }

        private String note() {
            return disk == null ? id : id + "\n" + disk;
        }

        /** Whether it would lie on that disk again at this place, if only the disk were mounted. */
        boolean lacksItsDisk(Path place) throws IOException {
            return disk != null
                    && (place.startsWith(disk)
                            || MountPoint.nearest(place).toRealPath().startsWith(disk))
                    && !MountPoint.of(place).startsWith(disk);
        }
    }

    private final Path directory;

    RememberedVaults(SiteSettings site) {
        directory = site.stateDirectory().resolve("vaults");
    }

    /** Empty if the stack never had a vault here, as far as is known. */
    Optional<Remembered> of(String stack) throws IOException {
        try {
            return Optional.of(Remembered.parse(Files.readString(file(stack))));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** Where a stack's note is or would be. Without it nothing is remembered. */
    Path file(String stack) {
        return directory.resolve(stack);
    }

    /** A full disk must not keep anybody from a vault: it is remembered when it is opened again. */
    void remember(String stack, Vault vault, Path place) {
        try {
            var now = Remembered.of(vault, place);
            if (!of(stack).equals(Optional.of(now))) {
                DurableFiles.createDirectory(directory);
                DurableFiles.write(file(stack), now.note().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            log.warn(
                    "HF-J10 Cannot note in {} that {} has a vault: {}. Backups go on; were the vault lost before this is mended, a region that is away at that moment would be passed over. Look at the disk and its permissions.",
                    file(stack),
                    stack,
                    e.toString());
        }
    }
}
