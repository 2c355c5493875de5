package io.holdfast.sources.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestHost;
import io.holdfast.sources.component.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgreSqlSourceTest {

    private static final Server SERVER = new Server(
            new Source.PostgreSql(
                    null,
                    "localhost",
                    5432,
                    List.of(),
                    "u",
                    null,
                    true,
                    List.of(),
                    List.of(),
                    null,
                    1,
                    List.of(),
                    Quiesce.NONE),
            TestHost.withoutEngine());

    @Test
    void handsOutADump() throws IOException {
        assertThat(checked("PGDMP and more").readAllBytes()).asString(UTF_8).isEqualTo("PGDMP and more");
    }

    @Test
    void refusesWhatIsNoDump() {
        for (String output : new String[] {"", "PG", "pg_dump: hello"}) {
            assertThatThrownBy(() -> checked(output))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q46"));
        }
    }

    @Test
    void refusesWhatIsNoAnswer() {
        for (String printed : new String[] {"", "Welcome!", "{\"is"}) {
            assertThatThrownBy(() -> SERVER.value(Integer.class, printed))
                    .hasMessageStartingWith("HF-Q40 ")
                    .hasMessageContaining("localhost:5432");
        }
    }

    @Test
    void setsADatabaseAsideUnderANameThatPostgreSqlDoesNotCut() {
        assertThat(aside("kb")).isEqualTo("kb_before_restore");
        assertThat(aside("d".repeat(63))).matches("d{39}_[0-9a-f]{8}_before_restore");
        assertThat(aside("d".repeat(62) + "1")).isNotEqualTo(aside("d".repeat(62) + "2"));
        assertThat(aside("ä".repeat(31)).getBytes(UTF_8)).hasSizeLessThanOrEqualTo(63);
    }

    private static String aside(String database) {
        return new Replacement(SERVER, database).aside();
    }

    private static InputStream checked(String output) throws IOException {
        return PostgreSqlSource.checked(
                new ByteArrayInputStream(output.getBytes(UTF_8)), "PGDMP".getBytes(UTF_8), "It");
    }
}
