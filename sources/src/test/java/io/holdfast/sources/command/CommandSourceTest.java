package io.holdfast.sources.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestHost;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSourceTest {

    private static final String AT = "/shop/ledger";

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestVault vault;

    @BeforeEach
    void aVault() throws IOException {
        vault = new TestVault(AT);
    }

    @AfterEach
    void closeIt() throws IOException {
        vault.close();
    }

    @Test
    void bringsBackToOneCommandWhatTheOtherPrinted() throws IOException, InterruptedException {
        Path restored = directory.resolve("restored");
        CommandSource source = source("seq 1 200000", "cat > " + restored + "; seq 1 400000");

        Restored put = putBack(source, stored(source));

        assertThat(Files.readAllLines(restored)).hasSize(200_000).endsWith("200000");
        assertThat(put).isEqualTo(new Restored(1, 0, 0, Files.size(restored)));
    }

    @Test
    void givesSecretsAsVariablesAndShowsThemNowhere() throws IOException {
        var source = new CommandSource(
                plan("echo $LEDGER_KEY; echo opened with $LEDGER_KEY >&2; exit 3", ""),
                AT,
                TestHost.withoutEngine(Map.of("KEY", "s3cret-word")));

        assertFails("HF-Q82", () -> stored(source))
                .hasMessageContaining("ended with status 3: opened with ***")
                .hasMessageNotContaining("s3cret-word");
        assertFails(
                "HF-P41",
                () -> new CommandSource(plan("true", ""), AT, TestHost.withoutEngine())
                        .capture()
                        .inspect());
    }

    @Test
    void storesNothingOfACommandThatDidNotEndWell() throws IOException {
        assertFails("HF-Q82", () -> stored(source("seq 1 100000; echo disk full >&2; exit 1", "")))
                .hasMessageContaining("status 1: disk full")
                .hasMessageContaining("earlier ones are safe");
        assertFails("HF-Q82", () -> stored(source("echo begun; kill -9 $$", "")));
        assertFails("HF-Q83", () -> stored(source("true", "")));
        assertFails("HF-Q84", () -> stored(limited("echo begun; exec sleep 600", Duration.ofMillis(300))));
        assertFails(
                "HF-Q80",
                () -> stored(new CommandSource(
                        new Source.Command(
                                List.of("no-such-program"),
                                null,
                                Map.of(),
                                "dump",
                                List.of(),
                                Duration.ofMinutes(1),
                                Quiesce.NONE),
                        AT,
                        TestHost.withoutEngine())));
        assertThat(vault.size()).isZero();
    }

    @Test
    void saysThatTheEngineIsAway() {
        assertFails(
                "HF-Q81",
                () -> new CommandSource(
                                new Source.Command(
                                        List.of("dump"),
                                        "db",
                                        Map.of(),
                                        "dump",
                                        List.of(),
                                        Duration.ofMinutes(1),
                                        Quiesce.NONE),
                                AT,
                                TestHost.withoutEngine())
                        .capture()
                        .inspect());
    }

    @Test
    void refusesAWayBackBeforeItTouchesAnything() throws IOException, InterruptedException {
        CommandSource source = source("echo dump", "");
        SnapshotFiles files = stored(source);

        assertFails("HF-Q85", () -> source.wayBack().prepare(files)).hasMessageContaining("Nothing was touched");
        assertFails(
                "HF-Q87",
                () -> new CommandSource(
                                new Source.Command(
                                        List.of("dump"),
                                        null,
                                        Map.of(),
                                        "other",
                                        List.of("cat"),
                                        Duration.ofMinutes(1),
                                        Quiesce.NONE),
                                AT,
                                TestHost.withoutEngine())
                        .wayBack()
                        .prepare(files));
    }

    @Test
    void failsWhereTheCommandTookNotAllOfIt() throws IOException, InterruptedException {
        SnapshotFiles files = stored(source("seq 1 200000", ""));

        assertFails("HF-Q82", () -> putBack(source("true", "head -c 10; exit 4"), files));
        assertFails("HF-Q86", () -> putBack(source("true", "head -c 10"), files))
                .hasMessageContaining("before it had read all of dump");
    }

    @Test
    void neverLetsACommandTakeAPartForTheWhole() {
        Path taken = directory.resolve("taken");
        CommandSource source = source("true", "cat > /dev/null; touch " + taken);

        assertThatThrownBy(() -> source.wayBack().put(new Damaged())).hasMessage("blob is damaged");

        assertThat(taken).doesNotExist();
    }

    @Test
    void salvagesEvenNothing() throws IOException {
        assertThat(vault.stored(source("true", "").salvage()).children("/")).containsExactly("dump");
    }

    private SnapshotFiles stored(CommandSource source) throws IOException, InterruptedException {
        try (Capture capture = source.capture()) {
            assertThat(capture.inspect()).isEmpty();
            SnapshotFiles files = vault.stored(capture.read());
            capture.validate();
            return files;
        }
    }

    private static Restored putBack(CommandSource source, SnapshotFiles files)
            throws IOException, InterruptedException {
        WayBack wayBack = source.wayBack();
        wayBack.prepare(files);
        return wayBack.put(files);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(String code, ThrowingCallable what) {
        return assertThatThrownBy(what)
                .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(SourceException.class),
                        e -> assertThat(e).hasCauseInstanceOf(SourceException.class))
                .hasMessageContaining(code + " ");
    }

    private static CommandSource source(String script, String restore) {
        return new CommandSource(plan(script, restore), AT, TestHost.withoutEngine(Map.of("KEY", "s3cret-word")));
    }

    private static CommandSource limited(String script, Duration limit) {
        return new CommandSource(
                new Source.Command(List.of("sh", "-c", script), null, Map.of(), "dump", List.of(), limit, Quiesce.NONE),
                AT,
                TestHost.withoutEngine());
    }

    private static Source.Command plan(String script, String restore) {
        return new Source.Command(
                List.of("sh", "-c", script),
                null,
                Map.of("LEDGER_KEY", SecretReference.parse("env:KEY")),
                "dump",
                restore.isEmpty() ? List.of() : List.of("sh", "-c", restore),
                Duration.ofMinutes(1),
                Quiesce.NONE);
    }

    /** Breaks after a good part. */
    private static final class Damaged implements SnapshotFiles {

        @Override
        public List<String> children(String directory) {
            return List.of("dump");
        }

        @Override
        public void dump(String file, OutputStream out) throws IOException {
            out.write(new byte[1_000_000]);
            throw new IOException("blob is damaged");
        }

        @Override
        public boolean isDirectory(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void tar(String directory, String name, OutputStream out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Restored restore(String path, Placement placement) {
            throw new UnsupportedOperationException();
        }
    }
}
