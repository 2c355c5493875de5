package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.ComponentId;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreId;
import io.holdfast.events.SnapshotRef;
import io.holdfast.site.RestoreMarks.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreMarksTest {

    private static final ComponentId DB = new ComponentId("shop", "db");
    private static final ComponentId WEB = new ComponentId("shop", "web");
    private static final ComponentId BLOG = new ComponentId("blog", "web");
    private static final RestoreId FIRST = new RestoreId("restore-1");
    private static final RestoreId SECOND = new RestoreId("restore-2");
    private static final SnapshotRef GOOD = new SnapshotRef("ab".repeat(32));
    private static final SnapshotRef HALF = new SnapshotRef("cd".repeat(32));

    @TempDir
    private Path directory;

    private RestoreMarks marks;

    @BeforeEach
    void marks() throws IOException {
        marks = reopened();
    }

    private RestoreMarks reopened() throws IOException {
        return new RestoreMarks(new SiteSettings("here", directory, Duration.ofSeconds(5), List.of()));
    }

    @Test
    void areThereForEveryProcessUntilTheComponentIsWhole() throws IOException {
        assertThat(marks.of(DB)).isEmpty();

        marks.begin(DB, FIRST, GOOD);
        assertThat(reopened().of(DB)).contains(Mark.of(FIRST, GOOD, true));
        assertThat(marks.of(WEB)).isEmpty();

        marks.done(DB);
        assertThat(reopened().of(DB)).isEmpty();
    }

    @Test
    void sayOfAllThatARestoreLeftBehindThatItGaveUp() throws IOException {
        marks.begin(DB, FIRST, GOOD);
        marks.begin(BLOG, FIRST, null);
        marks.begin(WEB, SECOND, GOOD);

        marks.gaveUp(FIRST);

        assertThat(marks.of(DB)).contains(Mark.of(FIRST, GOOD, false));
        assertThat(marks.of(BLOG)).contains(Mark.of(FIRST, null, false));
        assertThat(marks.of(WEB)).contains(Mark.of(SECOND, GOOD, true));
    }

    @Test
    void takeNothingThatWasHalfRestoredForTheStateFromBefore() throws IOException {
        marks.begin(DB, FIRST, GOOD);
        marks.gaveUp(FIRST);
        assertThat(marks.begin(DB, SECOND, HALF)).isEqualTo(Mark.of(SECOND, GOOD, true));

        marks.begin(WEB, FIRST, null);
        assertThat(marks.begin(WEB, FIRST, HALF)).isEqualTo(Mark.of(FIRST, null, true));
    }

    @Test
    void awaitARestoreAndKeepWhatItFoundAsTheStateFromBefore() throws IOException {
        marks.awaitRestore(DB, "east");
        marks.gaveUpAllBut(List.of());
        assertThat(reopened().of(DB)).contains(Mark.of("east"));

        assertThat(marks.begin(DB, FIRST, GOOD)).isEqualTo(Mark.of(FIRST, GOOD, true));
        marks.awaitRestore(DB, "west");
        assertThat(reopened().of(DB)).contains(Mark.of(FIRST, GOOD, true));

        marks.done(DB);
        assertThat(reopened().of(DB)).isEmpty();
    }

    @Test
    void waitForNoRestoreThatTheJournalHasLost() throws IOException {
        marks.begin(DB, FIRST, GOOD);
        marks.begin(WEB, SECOND, GOOD);

        marks.gaveUpAllBut(List.of(entry(SECOND)));

        assertThat(marks.of(DB)).contains(Mark.of(FIRST, GOOD, false));
        assertThat(marks.of(WEB)).contains(Mark.of(SECOND, GOOD, true));
    }

    @Test
    void standWhereTheyCannotBeRead() throws IOException {
        marks.begin(DB, FIRST, GOOD);
        Files.writeString(marks.file(DB), "{\"restore\":");

        assertThat(marks.of(DB)).contains(Mark.of(new RestoreId("unknown"), null, false));
        marks.gaveUp(FIRST);

        assertThat(marks.begin(DB, SECOND, HALF)).isEqualTo(Mark.of(SECOND, null, true));
    }

    private static Journal.Entry entry(RestoreId restore) {
        Instant now = Instant.parse("2026-11-21T02:00:00Z");
        var request = new RestoreRequested(
                restore, "shop", List.of(), "latest", null, null, null, null, "operator", "a test", now);
        return new Journal.Entry(restore.value(), 1, restore.value(), now, request);
    }
}
