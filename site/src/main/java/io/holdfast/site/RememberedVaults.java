package io.holdfast.site;

import io.holdfast.sources.durable.DurableFiles;
import io.holdfast.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which repository each stack had at this site when it was opened last, whatever has become of its vault since. */
final class RememberedVaults {

    private static final Logger log = LoggerFactory.getLogger(RememberedVaults.class);

    private final Path directory;

    RememberedVaults(SiteSettings site) {
        directory = site.stateDirectory().resolve("vaults");
    }

    /** The repository's id; empty if the stack never had one here, as far as is known. */
    Optional<String> of(String stack) throws IOException {
        try {
            return Optional.of(Files.readString(file(stack)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** Where a stack's id is or would be. Without it nothing is remembered. */
    Path file(String stack) {
        return directory.resolve(stack);
    }

    /** A full disk must not keep anybody from a vault: it is remembered when it is opened again. */
    void remember(String stack, Vault vault) {
        String id = vault.id().toString();
        try {
            if (!of(stack).equals(Optional.of(id))) {
                DurableFiles.createDirectory(directory);
                DurableFiles.write(file(stack), id.getBytes(StandardCharsets.UTF_8));
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
