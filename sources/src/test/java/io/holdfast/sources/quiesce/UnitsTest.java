package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.Resting.OfUnit;
import io.holdfast.sources.quiesce.Resting.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a program that answers as systemctl does. */
class UnitsTest {

    private static final String SINCE = "68808920421";

    @TempDir
    private Path directory;

    private ProgramsOnPath programs;
    private Units units;

    @BeforeEach
    void aHostWithUnits() throws IOException {
        programs = new ProgramsOnPath(directory);
        programs.write("systemctl", """
                verb=$1
                for unit; do :; done
                case $verb in
                show)
                    echo "Id=$unit"
                    if [ ! -f "$unit" ]; then echo LoadState=not-found; echo ActiveState=inactive; exit 0; fi
                    echo LoadState=loaded
                    echo "ActiveState=$(cat "$unit")"
                    echo "ActiveEnterTimestampMonotonic=$(cat "$unit.since")"
                    echo CanStart=yes ;;
                stop) echo inactive >"$unit" ;;
                start) echo active >"$unit" ;;
                esac
                """);
        unit("web.service", "active", SINCE);
        unit("off.service", "inactive", "");
        unit("ill.service", "activating", "");
        unit("holdfast.service", "active", SINCE);
        units = new Units(programs, "holdfast.service"::equals);
    }

    private void unit(String name, String state, String since) throws IOException {
        Files.writeString(directory.resolve(name), state);
        Files.writeString(directory.resolve(name + ".since"), since);
    }

    @Test
    void stopsWhatIsActiveAndStartsItAgain() throws IOException {
        OfUnit web = units.look("web.service", Purpose.CAPTURE_PAUSED);

        units.rest(web);
        assertThat(directory.resolve("web.service")).hasContent("inactive");

        assertThat(units.bringBack(web, true)).isEmpty();
        assertThat(programs.calls("stop", "start")).containsExactly("stop -- web.service", "start -- web.service");
    }

    @Test
    void startsItAlsoWhenSystemdHasForgottenItAsAfterAReboot() throws IOException {
        OfUnit web = units.look("web.service", Purpose.CAPTURE_PAUSED);
        unit("web.service", "inactive", "");

        assertThat(units.bringBack(web, true)).isEmpty();

        assertThat(directory.resolve("web.service")).hasContent("active");
    }

    @Test
    void isNotDoneWithWhatStillStopsAsAfterAnOwnerThatDied() throws IOException {
        OfUnit web = units.look("web.service", Purpose.CAPTURE_PAUSED);
        unit("web.service", "deactivating", SINCE);

        assertThatThrownBy(() -> units.bringBack(web, true)).hasMessageContaining("still stopping");
    }

    @Test
    void leavesOffWhatWasOff() throws IOException {
        OfUnit off = units.look("off.service", Purpose.CAPTURE_PAUSED);
        assertThat(off.rest()).isEqualTo(Rest.NONE);

        units.rest(off);
        assertThat(units.bringBack(off, true)).isEmpty();

        assertThat(programs.calls("stop", "start")).isEmpty();
    }

    @Test
    void leavesAloneWhatSomebodyElseStartedAndStopped() throws IOException {
        OfUnit web = units.look("web.service", Purpose.CAPTURE_PAUSED);
        unit("web.service", "inactive", "68808930000");

        assertThat(units.bringBack(web, true))
                .hasValueSatisfying(text -> assertThat(text).contains("web.service", "somebody else"));

        assertThat(programs.calls("stop", "start")).isEmpty();
    }

    @Test
    void refusesWhatIsNotThereOrInBetween() {
        assertCode("HF-Q20", "nobody.service");
        assertCode("HF-Q21", "ill.service");
    }

    @Test
    void refusesTheUnitThatItRunsIn() {
        assertCode("HF-Q21", "holdfast.service");
    }

    @Test
    void knowsTheUnitThatItRunsIn() throws IOException {
        Path groups = Files.writeString(directory.resolve("cgroup"), """
                2:memory:/system.slice/holdfast.service
                0::/system.slice/holdfast.service/init
                """);

        assertThat(OwnUnits.in(groups))
                .contains("holdfast.service", "system.slice")
                .doesNotContain("web.service");
    }

    private void assertCode(String code, String unit) {
        assertThatThrownBy(() -> units.look(unit, Purpose.CAPTURE_PAUSED))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(unit);
    }
}
