package io.holdfast.sources.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Content;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;

class DumpsTest {

    @Example
    void areFoundUnderTheNamesOfTheirDatabases() throws IOException {
        List<String> names = List.of("kb", "..", ".", "a/b", "a b", "50%", "Ünïcode", "x+y", "*");
        try (var vault = new TestVault("/kb/postgres")) {
            var files = vault.stored(new Content(
                    names.stream()
                            .map(name -> (Root) new Root.Generated("/kb/postgres" + Dumps.dump(name), new byte[1]))
                            .toList(),
                    List.of()));

            assertThat(Dumps.in(files)).containsExactlyInAnyOrderElementsOf(names);
            assertThat(files.size(Dumps.dump("a/b"))).isEqualTo(1);
        }
    }

    @Example
    void lieWhereAPersonLooksForThem() {
        assertThat(Dumps.dump("my-kb_2.old")).isEqualTo("/databases/my-kb_2.old/database.dump");
    }

    @Property(tries = 200)
    void neverLeaveTheirDirectory(@ForAll @NotBlank @StringLength(max = 30) String name) {
        assertThat(Dumps.directory(name)).matches("/databases/[A-Za-z0-9._%-]+").doesNotMatch(".*/\\.+");
    }
}
