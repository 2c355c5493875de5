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
                    if [ -f "$unit" ]; then echo LoadState=loaded; else echo LoadState=not-found; exit 0; fi
                    echo "ActiveState=$(cat "$unit")"
                    echo "ActiveEnterTimestamp=$(cat "$unit.since")" ;;
                stop) echo inactive >"$unit" ;;
                start) echo active >"$unit" ;;
                esac
                """);
        unit("web.service", "active", "Sat 2026-11-21 02:00:00 UTC");
        unit("off.service", "inactive", "");
        unit("ill.service", "activating", "");
        units = new Units(programs);
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
        unit("web.service", "deactivating", "Sat 2026-11-21 02:00:00 UTC");

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
        unit("web.service", "inactive", "Sat 2026-11-21 02:30:00 UTC");

        assertThat(units.bringBack(web, true))
                .hasValueSatisfying(text -> assertThat(text).contains("web.service", "somebody else"));

        assertThat(programs.calls("stop", "start")).isEmpty();
    }

    @Test
    void refusesWhatIsNotThereOrInBetween() {
        assertCode("HF-Q20", "nobody.service");
        assertCode("HF-Q21", "ill.service");
    }

    private void assertCode(String code, String unit) {
        assertThatThrownBy(() -> units.look(unit, Purpose.CAPTURE_PAUSED))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(unit);
    }
}
