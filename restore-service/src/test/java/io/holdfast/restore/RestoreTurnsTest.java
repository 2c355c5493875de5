package io.holdfast.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent.RestorePlanned;
import io.holdfast.events.RestoreEvent.RestoreWaiting;
import io.holdfast.site.InUse;
import io.holdfast.site.Journal;
import io.holdfast.site.testing.TestSite;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTurnsTest {

    private static final RestorePlan NO_MATTER_WHAT = new RestorePlan(List.of());

    private RestoreBench bench;
    private RestoreTurns turns;

    @BeforeEach
    void turns(@TempDir Path directory) throws IOException {
        bench = new RestoreBench(directory);
        turns = new RestoreTurns(bench.site.leases(), bench.journal, TestSite.NAME, bench.site.announcer());
    }

    @Test
    void letOneRestoreAtATimeIntoAnotherPlace() throws Exception {
        try (var _ = take("/srv/restored");
                var _ = take("/srv/other")) {
            assertThatThrownBy(() -> take("/srv/restored").close())
                    .isInstanceOf(InUse.class)
                    .hasMessage("/srv/restored");
            assertThat(bench.site.published().only(RestoreWaiting.class).message())
                    .contains("another backup or restore is at /srv/restored");
        }

        take("/srv/restored").close();
    }

    @Test
    void sayWhatAnEarlierTryMayHaveLeft() throws Exception {
        RestoreRequested request = bench.requestInto("/srv/restored", null, "docs");
        Journal.Entry entry = bench.accepted(request);
        bench.journal.note(entry, new RestorePlanned(request.restore(), "shop", TestSite.NAME, "vault", List.of()));

        try (var _ = take("/srv/restored")) {
            assertThatThrownBy(() -> turns.take(request, NO_MATTER_WHAT, entry).close())
                    .isInstanceOf(InUse.class);
        }

        assertThat(bench.site.published().only(RestoreWaiting.class).message())
                .contains("may be half restored")
                .doesNotContain("Nothing was touched");
    }

    private Closeable take(String place) throws IOException, InUse {
        RestoreRequested request = bench.requestInto(place, null, "docs");
        return turns.take(request, NO_MATTER_WHAT, bench.accepted(request));
    }
}
