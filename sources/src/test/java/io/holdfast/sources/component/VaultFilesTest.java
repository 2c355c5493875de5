package io.holdfast.sources.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sources.TestVault;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VaultFilesTest {

    private static final String AT = "/shop/settings";

    @Test
    void knowsDirectoriesFromFilesAndFromWhatIsNotThere() throws IOException {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = vault.stored(
                    new Content(List.of(new Root.Generated(AT + "/generated/about.txt", new byte[] {1})), List.of()));

            assertThat(files.children("/")).containsExactly("generated");
            assertThat(files.children("/generated")).containsExactly("about.txt");
            assertThat(files.children("/generated/crontabs")).isEmpty();
            assertThat(files.children("/nothing/at/all")).isEmpty();
            assertThat(files.children("/generated/about.txt")).isEmpty();
            assertThat(files.isDirectory("/generated")).isTrue();
        }
    }
}
