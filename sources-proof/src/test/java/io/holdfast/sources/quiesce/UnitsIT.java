package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.SystemdContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.Resting.OfUnit;
import io.holdfast.sources.quiesce.testing.FakeEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Units of a real systemd, which runs a machine of its own in a container. */
@Timeout(120)
class UnitsIT {

    @RegisterExtension
    static final DockerEngine docker = DockerEngine.with(TestImage.SYSTEMD);

    private static final String SERVICE = "[Service]\nExecStart=sleep infinity\n";
    private static final String WANTED = "[Install]\nWantedBy=multi-user.target\n";
    private static final Duration SOON = Duration.ofSeconds(40);

    private static SystemdContainer machine;

    @TempDir
    private Path directory;

    private ProgramsOnPath programs;
    private Brackets brackets;

    @BeforeAll
    static void aMachineWithUnits() {
        machine = SystemdContainer.start(docker);
        machine.unit("web.service", SERVICE + WANTED);
        machine.unit("loose.service", SERVICE);
        machine.unit("worker@.service", SERVICE);
        machine.unit("done.service", "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=true\n");
        machine.unit("tick.service", "[Service]\nType=oneshot\nExecStart=true\n");
        machine.unit("tick.timer", "[Timer]\nOnCalendar=*-01-01\n");
        machine.unit("off.service", SERVICE);
        machine.unit("broken.service", "[Service]\nExecStart=false\n");
        machine.unit("slow.service", SERVICE + "ExecStop=sh -c 'touch /run/asked; sleep 3'\n");
        machine.unit("first.service", "[Unit]\nBefore=slow.service\n" + SERVICE);
        machine.unit(
                "stubborn.service",
                "[Service]\nExecStart=sh -c 'trap \"\" TERM; while :; do sleep 1; done'\nTimeoutStopSec=200ms\n");
        machine.unit("db.service", SERVICE);
        machine.unit("app.service", "[Unit]\nRequires=db.service\nAfter=db.service\n" + SERVICE);
        machine.unit("shop.service", "[Unit]\nBindsTo=app.service\nAfter=app.service\n" + SERVICE);
        machine.unit(
                "cluster.service",
                "[Unit]\nWants=node@1.service\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=true\n");
        machine.unit("node@.service", "[Unit]\nPartOf=cluster.service\n" + SERVICE);
        machine.unit(
                "crashing.service", "[Service]\nExecStart=test -e /run/data-are-good\nRestart=always\nRestartSec=1h\n");
        machine.unit(
                "picky.service", "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=test ! -e /run/trouble\n");
        machine.unit("gone.service", SERVICE);
        machine.unit("by-others.service", "[Unit]\nRefuseManualStart=yes\n" + SERVICE);
        machine.unit("others.target", "[Unit]\nWants=by-others.service\n");
        machine.systemctl("daemon-reload");
        machine.systemctl("enable", "web.service");
        machine.systemctl("start", "gone.service", "crashing.service", "others.target");
        machine.exec("rm", "/etc/systemd/system/gone.service");
        machine.systemctl("daemon-reload");
    }

    @BeforeEach
    void allRun() throws IOException {
        machine.exec("sh", "-c", "rm -f /run/trouble /run/asked; systemctl start broken.service; true");
        machine.systemctl(
                "start",
                "web.service",
                "loose.service",
                "worker@1.service",
                "done.service",
                "tick.timer",
                "slow.service",
                "first.service",
                "stubborn.service",
                "shop.service",
                "cluster.service",
                "picky.service");
        programs = new ProgramsOnPath(directory);
        letSystemctlEnterTheMachine();
        brackets = Brackets.with(state(), new FakeEngine(), programs, Clock.systemUTC());
    }

    private void letSystemctlEnterTheMachine() throws IOException {
        programs.write("systemctl", "exec %s systemctl \"$@\"%n".formatted(String.join(" ", machine.entrance())));
    }

    private Path state() {
        return directory.resolve("state");
    }

    @AfterEach
    void end() throws IOException {
        brackets.close();
    }

    @Test
    void areStoppedHoweverTheyTakeItAndStartedAgainAndWhatWasOffStaysOff() throws Exception {
        var before = machine.fingerprint();
        assertThat(before).containsEntry("web.service", "loaded active running");

        Bracket bracket = brackets.open(capture(
                "web.service",
                "loose.service",
                "worker@1.service",
                "done.service",
                "tick.timer",
                "slow.service",
                "stubborn.service",
                "off.service",
                "broken.service"));
        assertStates("inactive", "web.service", "loose.service", "worker@1.service", "done.service", "tick.timer");
        assertStates("inactive", "slow.service", "off.service");
        assertStates("failed", "stubborn.service", "broken.service");
        bracket.close();

        assertThat(machine.fingerprint()).isEqualTo(before);
        assertThat(programs.calls("start", "stop")).noneMatch(call -> call.contains("off.") || call.contains("broken"));
    }

    @Test
    void bringBackWhatSystemdStopsWithThem() throws Exception {
        var before = machine.fingerprint();

        Bracket bracket = brackets.open(capture("db.service"));
        assertStates("inactive", "db.service", "app.service", "shop.service");
        bracket.close();

        assertThat(machine.fingerprint()).isEqualTo(before);
    }

    /** As where PostgreSQL's service stands for those of its clusters. */
    @Test
    void takeNobodyForTheOneWhoStartedWhatTheyStartThemselves() throws Exception {
        Bracket bracket = brackets.open(capture("node@1.service", "cluster.service"));
        assertStates("inactive", "cluster.service", "node@1.service");

        bracket.close();

        assertStates("active", "cluster.service", "node@1.service");
    }

    @Test
    void tellOfWhatSomebodyElseStarted() throws Exception {
        Bracket bracket = brackets.open(capture("web.service", "loose.service"));
        machine.systemctl("start", "web.service");

        assertFails("HF-Q26", "web.service was started by somebody else", bracket::close);

        assertStates("active", "web.service", "loose.service");
    }

    @Test
    void areLeftOffWhereSomebodyElseStartedAndStoppedThem() throws Exception {
        Bracket bracket = brackets.open(capture("web.service"));
        machine.systemctl("start", "web.service");
        machine.systemctl("stop", "web.service");

        assertFails("HF-Q26", "started and stopped by somebody else", bracket::close);

        assertStates("inactive", "web.service");
    }

    @Test
    void areRefusedWhereTheyWouldNotComeBack() {
        var before = machine.fingerprint();

        assertRefused("HF-Q20", "nobody.service");
        assertRefused("HF-Q21", "crashing.service");
        assertRefused("HF-Q21", "gone.service");
        assertRefused("HF-Q21", "by-others.service");

        assertThat(machine.fingerprint()).isEqualTo(before);
    }

    private void assertRefused(String code, String unit) {
        assertFails(code, unit, () -> brackets.open(capture("web.service", unit)));
    }

    @Test
    void getBetterDataAlsoWhereTheyKeepEnding() throws Exception {
        Bracket bracket = brackets.open(ToRest.forRestore("shop/db", quiesce("crashing.service"), List.of()));
        assertStates("inactive", "crashing.service");

        bracket.close();

        assertStates("activating", "crashing.service");
    }

    @Test
    void areStartedByTheSweepWhereThatFailsAtFirst() throws Exception {
        Bracket bracket = brackets.open(capture("picky.service", "web.service"));
        machine.exec("touch", "/run/trouble");

        assertFails("HF-Q24", "picky.service", bracket::close);
        assertStates("active", "web.service");
        machine.exec("rm", "/run/trouble");

        assertThat(brackets.sweep()).singleElement().asString().contains("everything was brought back");
        assertStates("active", "picky.service");
    }

    /** As after the death of an owner whose wish waits for the end of what was to stop before. */
    @Test
    void areNotTakenForStartedWhereTheyOnlyWaitToBeStopped() throws Exception {
        var units = new Units(programs, _ -> false);
        OfUnit first = units.look("first.service", Purpose.CAPTURE_PAUSED);
        machine.systemctl("stop", "--no-block", "slow.service", "first.service");
        assertStates("active", "first.service");

        assertThatThrownBy(() -> units.bringBack(first, true)).hasMessageContaining("about to be switched");

        await().atMost(SOON).until(() -> machine.stateOf("first.service").equals("inactive"));
        assertThat(units.bringBack(first, true)).isEmpty();
        assertStates("active", "first.service");
    }

    @Test
    void comeBackAfterTheMachineWasStartedAnew() throws Exception {
        Bracket bracket = brackets.open(capture("web.service", "loose.service"));
        machine.kill();
        machine.start();
        letSystemctlEnterTheMachine();

        assertFails("HF-Q26", "web.service was started by somebody else", bracket::close);

        assertStates("active", "web.service", "loose.service");
    }

    @Test
    void areStartedByTheGuardWhenTheirOwnerIsKilledWhileTheyStop() throws Exception {
        Process owner = Holder.start(
                state(),
                Map.of("PATH", directory + ":" + System.getenv("PATH")),
                Mode.NONE,
                Quiesce.DEFAULT_LIMIT,
                "slow.service",
                "off.service");
        awaitOf(owner, () -> machine.exec("ls", "/run").contains("asked"));

        owner.destroyForcibly().waitFor();
        assertStates("deactivating", "slow.service");

        await().atMost(SOON).until(() -> machine.stateOf("slow.service").equals("active"));
        assertStates("inactive", "off.service");
    }

    /** What it says where it ends instead tells why. */
    private static void awaitOf(Process owner, Callable<Boolean> done) {
        await().atMost(SOON).until(() -> {
            if (!owner.isAlive()) {
                throw new AssertionError("The owner ended: "
                        + new String(owner.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            return done.call();
        });
    }

    private static ToRest capture(String... units) {
        return ToRest.forCapture("shop/db", quiesce(units), List.of());
    }

    private static Quiesce quiesce(String... units) {
        return new Quiesce(
                Mode.NONE, List.of(), Arrays.asList(units), List.of(), List.of(), List.of(), Quiesce.DEFAULT_LIMIT);
    }

    private static void assertStates(String state, String... units) {
        assertThat(machine.statesOf(units))
                .as("%s", List.of(units))
                .hasSameSizeAs(units)
                .containsOnly(state);
    }

    private static void assertFails(String code, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }
}
