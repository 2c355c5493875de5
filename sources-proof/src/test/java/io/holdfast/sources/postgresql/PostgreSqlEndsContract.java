package io.holdfast.sources.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.fixtures.PostgresContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the oldest version and the newest prove for those between them. */
abstract class PostgreSqlEndsContract extends PostgreSqlContract {

    PostgreSqlEndsContract(TestImage image, String... options) {
        super(image, options);
    }

    @Test
    void dumpsAndCountsOneMomentWhileClientsWrite() throws Exception {
        var over = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                postgres.run(PostgresContainer.DATABASE, "INSERT INTO logs SELECT 'more' FROM generate_series(1, 100)");
            }
        });
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files;
            try {
                files = stored(vault, dumped(PostgresContainer.DATABASE));
            } finally {
                over.set(true);
                writer.join();
            }

            putBack(dumped(PostgresContainer.DATABASE), files);

            Facts facts = Dumps.facts(files, PostgresContainer.DATABASE).orElseThrow();
            assertThat(facts.rows()).containsEntry("public.logs", count("logs"));
        }
    }

    @Test
    void leavesTheDatabaseAsItWasWhenWhatIsRestoredIsNotWhatWasDumped() throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, dumped(PostgresContainer.DATABASE));
            SortedMap<String, String> before = postgres.fingerprint();

            assertThatThrownBy(() -> putBack(dumped(PostgresContainer.DATABASE), new OneRowMore(files)))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q49"))
                    .hasMessageContaining("public.documents has")
                    .hasMessageContaining("is back as it was before");
            assertThatThrownBy(() -> putBack(dumped(PostgresContainer.DATABASE), new CutShort(files)))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("is back as it was before");
            assertThat(postgres.fingerprint()).isEqualTo(before);
        }
    }

    @Test
    void restoresWithSeveralConnectionsFromAFileThatItTakesAway() throws Exception {
        SortedMap<String, String> before = postgres.fingerprint();
        Source.PostgreSql parallel = source(postgres.name(), null, 3, List.of(), null, List.of("app"), List.of());
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, parallel);
            postgres.run("app", "DROP TABLE documents CASCADE");
            postgres.exec("mkdir", "-m", "700", "/tmp/holdfast-restore-kb-postgres");
            postgres.exec("touch", "/tmp/holdfast-restore-kb-postgres/database.dump");

            assertThatThrownBy(() -> prepare(parallel, new Huge(files)))
                    .hasMessageStartingWith("HF-Q76 ")
                    .hasMessageContaining("Nothing was touched");
            assertThat(postgres.exec("ls", "/tmp")).doesNotContain("holdfast");
            putBack(parallel, files);
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
        assertThat(postgres.exec("ls", "/tmp")).doesNotContain("holdfast");
    }

    /** One that has no room anywhere. */
    private static final class Huge extends Changed {

        Huge(SnapshotFiles files) {
            super(files);
        }

        @Override
        byte[] changed(String file, byte[] content) {
            return content;
        }

        @Override
        public long size(String file) {
            return Long.MAX_VALUE;
        }
    }
}
