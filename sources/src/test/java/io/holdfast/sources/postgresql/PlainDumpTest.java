package io.holdfast.sources.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.component.SourceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PlainDumpTest {

    private static final String END = "--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict k3y\n\n";
    private static final String DUMP =
            "--\n-- PostgreSQL database dump\n--\n\n\\restrict k3y\n\n-- Dumped from database version 15.18\n\n"
                    + "CREATE TABLE t (line text);\n".repeat(30)
                    + "COPY public.t (line) FROM stdin;\na\n\\.\n\n\n"
                    + END;

    @Property(tries = 100)
    void passesAWholeOneThrough(@ForAll @IntRange(min = 1, max = 700) int piece) throws IOException {
        assertThat(read(DUMP.getBytes(UTF_8), piece)).isEqualTo(DUMP);
    }

    @Property(tries = 300)
    void refusesOneThatWasCutAnywhere(
            @ForAll @IntRange(max = 1_200) int length, @ForAll @IntRange(min = 1, max = 700) int piece) {
        byte[] dump = DUMP.getBytes(UTF_8);
        byte[] cut = Arrays.copyOf(dump, length % dump.length);

        assertThatThrownBy(() -> read(cut, piece)).isInstanceOf(SourceException.class);
    }

    @Example
    void saysWhatIsWrong() {
        refused("", "is empty");
        refused("pg_dump: hello", "begins as no plain dump does");
        refused(DUMP.substring(0, DUMP.length() - END.length()), "ends early");
        refused(DUMP.replace("\\unrestrict k3y", "\\unrestrict other"), "ends early");
        refused(DUMP.replace("\\restrict k3y\n\n", "").replace("\\unrestrict k3y\n\n", ""), "lacks \\restrict");
    }

    private static void refused(String dump, String why) {
        assertThatThrownBy(() -> read(dump.getBytes(UTF_8), 64)).hasMessageContaining(why);
    }

    private static String read(byte[] dump, int piece) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var in = new PlainDump(
                new ByteArrayInputStream(dump), how -> new SourceException("HF-Q46", "It %s.".formatted(how)))) {
            byte[] bytes = new byte[piece];
            for (int read = in.read(bytes, 0, piece); read >= 0; read = in.read(bytes, 0, piece)) {
                out.write(bytes, 0, read);
            }
        }
        return out.toString(UTF_8);
    }
}
