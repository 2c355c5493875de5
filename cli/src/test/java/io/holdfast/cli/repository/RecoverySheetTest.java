package io.holdfast.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.SnapshotKind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoverySheetTest {

    private static List<String> sheetOf(String... repositories) {
        return new RecoverySheet(
                        Arrays.stream(repositories)
                                .map(each -> new RecoverySheet.Place("a stack", each, null))
                                .toList(),
                        "in the file /p",
                        "/p")
                .lines(SnapshotKind.REGULAR);
    }

    @Test
    void showsHowToReadAPlaceThatNeedsNothingRunningHere() {
        for (String here :
                List.of("s3:http://127.0.0.1:7071/east/s", "s3:https://localhost/b/s", "s3:http://[::1]:9/b/s")) {
            assertThat(sheetOf(here, "/vaults/s"))
                    .contains("    export HOLDFAST_REPOSITORY=/vaults/s", "    export RESTIC_REPOSITORY=/vaults/s")
                    .anyMatch(line -> line.contains("answers only while its server runs here"));
        }
    }

    @Test
    void showsTheFirstPlaceOtherwise() {
        assertThat(sheetOf("s3:https://s3.example.org/b/s", "/vaults/s"))
                .contains("    export HOLDFAST_REPOSITORY=s3:https://s3.example.org/b/s")
                .noneMatch(line -> line.contains("answers only while"));
        assertThat(sheetOf("s3:http://127.0.0.1:7071/b/s"))
                .contains("    export HOLDFAST_REPOSITORY=s3:http://127.0.0.1:7071/b/s");
    }
}
