package io.holdfast.sources.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.fixtures.TestImage;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.SnapshotFiles;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class PostgreSqlIT extends PostgreSqlContract {

    private static final int TYPES = 2_000;
    private static final int AT_ONCE = 200;

    PostgreSqlIT() {
        super(TestImage.POSTGRES, "-c", "max_locks_per_transaction=10", "-c", "max_connections=20");
    }

    @Test
    void dumpsAndRestoresOverTheNetworkWithThePassword() throws Exception {
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, overNetwork("PG_PASSWORD"));
            assertThat(files.children("/databases/app")).containsExactlyInAnyOrder("database.dump", "postgresql.json");
            assertThat(files.children("/")).containsExactlyInAnyOrder("databases", "globals.sql");
            postgres.run("app", "DROP TABLE documents CASCADE");

            putBack(overNetwork("PG_PASSWORD"), files);
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
    }

    @Test
    void restoresWhatOneTransactionHasNotLocksEnoughFor() throws Exception {
        postgres.run("postgres", "CREATE DATABASE many");
        for (int from = 0; from < TYPES; from += AT_ONCE) {
            postgres.run(
                    "many",
                    "DO $$ BEGIN FOR i IN %d .. %d LOOP EXECUTE 'CREATE TYPE t' || i || ' AS (i int)'; END LOOP; END $$"
                            .formatted(from, from + AT_ONCE - 1));
        }
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer("many"));
            postgres.run("many", "DROP TYPE t7");

            putBack(inContainer("many"), files);
        }
        assertThat(postgres.exec(
                        "psql",
                        "-U",
                        "postgres",
                        "-Atc",
                        "SELECT count(*) FROM pg_type WHERE typname ~ '^t[0-9]+$'",
                        "many"))
                .isEqualToIgnoringNewLines("" + TYPES);
        assertThat(postgres.logs()).contains("max_locks_per_transaction");
        postgres.run("postgres", "DROP DATABASE many");
    }
}
