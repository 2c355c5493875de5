package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.fixtures.AppContainer;
import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commands in labels, run in containers of a real engine. */
class LabelledCommandsIT {

    private static final String OFFEN = "docker-volume-backup.";
    private static final String PRE = "archive-pre";
    private static final String POST = "archive-post";

    @RegisterExtension
    static final DockerEngine fixtures = DockerEngine.with(TestImage.APP);

    @TempDir
    private Path state;

    @SuppressWarnings("NullAway.Init")
    private io.holdfast.sources.engine.DockerEngine engine;

    @SuppressWarnings("NullAway.Init")
    private Brackets brackets;

    /** The value of the label, of this test alone. */
    @SuppressWarnings("NullAway.Init")
    private String shop;

    @BeforeEach
    void open() throws IOException {
        engine = io.holdfast.sources.engine.DockerEngine.fromEnvironment(System.getenv());
        brackets = Brackets.of(state, engine, Clock.systemUTC());
        shop = fixtures.newName("shop");
    }

    @AfterEach
    void close() throws IOException {
        brackets.close();
        engine.close();
    }

    @Test
    void runsThemInTheirOwnContainersBeforeTheseRestAndWhenTheyAreBack() throws Exception {
        AppContainer database =
                app(shop, OFFEN, "/bin/sh -c 'echo before >>/tmp/log'", "/bin/sh -c 'echo after >>/tmp/log'");
        AppContainer cache = app(shop, "holdfast.", "sh -c 'id -u >/tmp/log'", null);
        AppContainer ofOthers = app(fixtures.newName("other"), OFFEN, "touch /tmp/log", "touch /tmp/log");
        AppContainer ofNobody = app(null, OFFEN, "touch /tmp/log", "touch /tmp/log");
        AppContainer off = app(shop, OFFEN, "touch /tmp/log", "touch /tmp/log");
        off.stop();

        Bracket bracket = brackets.open(capture(database));
        assertThat(database.state()).isEqualTo("paused");
        bracket.close();

        assertThat(database.exec("cat", "/tmp/log")).isEqualTo("before\nafter\n");
        assertThat(cache.exec("cat", "/tmp/log")).isEqualTo("0\n");
        assertThat(List.of(log(ofOthers), log(ofNobody))).containsOnly("");
        assertThat(off.state()).isEqualTo("exited");
    }

    @Test
    void restsThoseThatAreToStopDuringABackupOfItsValueAlone() throws Exception {
        AppContainer ours = stoppedFor(shop);
        AppContainer ofAnotherInstance = stoppedFor(fixtures.newName("other"));
        AppContainer ofTheDefault = stoppedFor("true");

        Bracket bracket = brackets.open(ToRest.forCapture(
                "shop/db", Bench.quiesce(Mode.STOP, "label:" + OFFEN + "stop-during-backup=" + shop), List.of()));
        assertThat(ours.state()).isEqualTo("exited");
        assertThat(List.of(ofAnotherInstance.state(), ofTheDefault.state())).containsOnly("running");
        bracket.close();

        assertThat(ours.state()).isEqualTo("running");
    }

    private static AppContainer stoppedFor(String value) {
        return AppContainer.startOn(
                fixtures,
                fixtures.newVolume(),
                create -> create.withLabels(Map.of(OFFEN + "stop-during-backup", value)));
    }

    @Test
    void takesThoseWithoutAnExecLabelForTrue() {
        assertThat(LabelledCommands.isOf("true", Map.of())).isTrue();
        assertThat(LabelledCommands.isOf("true", Map.of(OFFEN + "exec-label", "true")))
                .isTrue();
        assertThat(LabelledCommands.isOf("true", Map.of(OFFEN + "exec-label", shop)))
                .isFalse();
        assertThat(LabelledCommands.isOf(shop, Map.of())).isFalse();
        assertThat(LabelledCommands.isOf(shop, Map.of(OFFEN + "exec-label", "true", "holdfast.exec-label", shop)))
                .isTrue();
    }

    @Test
    void failsTheCaptureIfOneFailsBefore() throws Exception {
        AppContainer app = app(shop, OFFEN, "sh -c 'echo no space left >&2; exit 3'", "touch /tmp/log");

        assertThatThrownBy(() -> brackets.open(capture(app)))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q23"))
                .hasMessageContaining("in container " + app.name())
                .hasMessageContaining("no space left");
        assertThat(app.state()).isEqualTo("running");
    }

    @Test
    void tellsOfOneThatFailsAfterwardsWhenEverythingIsBack() throws Exception {
        AppContainer app = app(shop, OFFEN, "true", "false");
        AppContainer next = app(shop, OFFEN, null, "touch /tmp/log");
        Bracket bracket = brackets.open(capture(app));

        assertThatThrownBy(bracket::close)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q27"))
                .hasMessageContaining(app.name());

        assertThat(app.state()).isEqualTo("running");
        assertThat(next.exec("ls", "/tmp")).as("all others run").contains("log");
    }

    @Test
    void failsTheCaptureIfNobodyHasOne() {
        assertThatThrownBy(() -> brackets.open(capture(null)))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q23"))
                .hasMessageContaining("exec-label=" + shop);
    }

    /** Whoever sets a container's labels decides what runs in it anyway, and nothing beyond. */
    @Test
    void readsThemWithoutAShellAndTakesNothingForAnOption() throws Exception {
        AppContainer app =
                app(shop, OFFEN, "sh -c 'echo \"$@\" >/tmp/log' - $(id) ; touch /tmp/b | `id` --privileged", null);
        brackets.open(capture(app)).close();
        assertThat(app.exec("cat", "/tmp/log")).isEqualTo("$(id) ; touch /tmp/b | `id` --privileged\n");

        for (String command : List.of("--privileged sh", "-u 0", "", "sh -c 'open")) {
            AppContainer odd = app(shop, OFFEN, command, null);
            assertThatThrownBy(() -> brackets.open(capture(app))).hasMessageContaining("in container " + odd.name());
            odd.remove();
        }
        AppContainer odd = app(shop, OFFEN, "true", null, Map.of(OFFEN + PRE + ".user", "0 --privileged"));
        assertThatThrownBy(() -> brackets.open(capture(app)))
                .hasMessageContaining("in container " + odd.name())
                .hasMessageContaining("must be user or user:group");
    }

    private static String log(AppContainer app) {
        return app.exec("find", "/tmp", "-name", "log");
    }

    private ToRest capture(@Nullable AppContainer own) {
        return ToRest.forCapture(
                "shop/db",
                new Quiesce(
                        Mode.PAUSE,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        shop,
                        null,
                        Duration.ofMinutes(1)),
                own == null ? List.of() : List.of(own.name()));
    }

    private AppContainer app(@Nullable String execLabel, String prefix, @Nullable String pre, @Nullable String post) {
        return app(execLabel, prefix, pre, post, Map.of());
    }

    private AppContainer app(
            @Nullable String execLabel,
            String prefix,
            @Nullable String pre,
            @Nullable String post,
            Map<String, String> more) {
        var labels = new HashMap<>(more);
        put(labels, prefix + "exec-label", execLabel);
        put(labels, prefix + PRE, pre);
        put(labels, prefix + POST, post);
        return AppContainer.startOn(fixtures, fixtures.newVolume(), create -> create.withLabels(labels));
    }

    private static void put(Map<String, String> labels, String name, @Nullable String value) {
        if (value != null) {
            labels.put(name, value);
        }
    }
}
