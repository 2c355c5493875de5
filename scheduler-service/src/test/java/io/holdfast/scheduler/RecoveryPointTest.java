package io.holdfast.scheduler;

import static io.holdfast.scheduler.Facts.accepted;
import static io.holdfast.scheduler.Facts.failed;
import static io.holdfast.scheduler.Facts.planned;
import static io.holdfast.scheduler.Facts.progressed;
import static io.holdfast.scheduler.Facts.refused;
import static io.holdfast.scheduler.Facts.taken;
import static io.holdfast.scheduler.Facts.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.BackupEvent.RecoveryPointCompleted;
import io.holdfast.events.BackupEvent.RecoveryPointIncomplete;
import io.holdfast.events.RecoveredComponent;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Request.ManifestRequested;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecoveryPointTest {

    private final Story story = new Story("2026-03-10T12:00:00Z");

    @BeforeEach
    void openWithTwoComponents() {
        story.tell(planned("db", 1, "0 2 * * *"), planned("files", 1, "0 2 * * *"));
        story.jumpTo("2026-03-11T02:00:00Z");
    }

    @Test
    void asksAgainWithTheSameIdWhenTheLeaseEnds() {
        var first = story.lastRequest("db");

        story.pass(Duration.ofMinutes(2));

        var second = story.lastRequest("db");
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.backup()).isEqualTo(first.backup());
        assertThat(second.recoveryPoint()).isEqualTo(first.recoveryPoint());
        assertThat(second.due()).isEqualTo(first.due());
    }

    @Test
    void asksASilentSiteLessAndLessOften() {
        story.pass(Duration.ofHours(6));

        assertThat(story.said(BackupRequested.class)).hasSizeBetween(16, 24);
    }

    @Test
    void doesNotAskAgainWhileTheSiteShowsThatItIsAtIt() {
        var request = story.lastRequest("db");
        for (int minute = 0; minute < 120; minute++) {
            story.pass(Duration.ofMinutes(1));
            story.tell(progressed(request));
        }

        assertThat(story.lastRequest("db").attempt()).isEqualTo(1);
        story.pass(Duration.ofMinutes(2));
        assertThat(story.lastRequest("db").attempt()).isEqualTo(2);
    }

    @Test
    void givesSitesALeaseToBeHeardAfterARestart() {
        story.resumeAt("2026-03-11T05:00:00Z");
        story.pass(Duration.ofSeconds(119));
        assertThat(story.said(BackupRequested.class)).hasSize(2);

        story.pass(Duration.ofSeconds(1));
        assertThat(story.said(BackupRequested.class)).hasSize(4);
    }

    @Test
    void takesASnapshotThatLayUnheardWhileTheSchedulerWasDownPastTheDeadline() {
        story.resumeAt("2026-03-12T05:00:00Z");
        story.tell(taken(story.lastRequest("db")), taken(story.lastRequest("files")));

        assertThat(story.said(RecoveryPointCompleted.class)).hasSize(1);
    }

    @Test
    void triesAFailedBackupOnceMoreAfterAPause() {
        story.tell(taken(story.lastRequest("files")), failed(story.lastRequest("db")));
        story.pass(Duration.ofSeconds(299));
        assertThat(story.lastRequest("db").attempt()).isEqualTo(1);

        story.pass(Duration.ofSeconds(1));
        assertThat(story.lastRequest("db").attempt()).isEqualTo(2);

        story.tell(failed(story.lastRequest("db")));
        var incomplete = story.last(RecoveryPointIncomplete.class);
        assertThat(incomplete.missing()).containsExactly("db");
        assertThat(incomplete.components())
                .extracting(RecoveredComponent::component)
                .containsExactly("files");
    }

    @Test
    void doesNotCountTheFailureOfAnAttemptGivenUp() {
        var first = story.lastRequest("db");
        story.pass(Duration.ofMinutes(2));

        story.tell(failed(first), failed(first), refused(first));
        story.tell(taken(story.lastRequest("db")), taken(story.lastRequest("files")));

        assertThat(story.said(RecoveryPointCompleted.class)).hasSize(1);
    }

    @Test
    void countsTheSnapshotOfAnAttemptGivenUp() {
        var first = story.lastRequest("db");
        story.pass(Duration.ofMinutes(2));

        story.tell(taken(first), taken(story.lastRequest("files")));

        assertThat(story.last(RecoveryPointCompleted.class).components()).hasSize(2);
    }

    @Test
    void doesNotTryARefusedBackupAgain() {
        story.tell(refused(story.lastRequest("db")), taken(story.lastRequest("files")));

        assertThat(story.last(RecoveryPointIncomplete.class).missing()).containsExactly("db");
    }

    @Test
    void settlesWithWhatThereIsAtTheDeadline() {
        story.tell(taken(story.lastRequest("files")));

        story.pass(Duration.ofHours(12));

        assertThat(story.last(RecoveryPointIncomplete.class).missing()).containsExactly("db");
        assertThat(story.last(ManifestRequested.class).complete()).isFalse();
    }

    @Test
    void asksForTheManifestUntilItIsWritten() {
        story.tell(taken(story.lastRequest("db")), taken(story.lastRequest("files")));
        var request = story.last(ManifestRequested.class);
        assertThat(request.complete()).isTrue();
        assertThat(request.components())
                .extracting(RecoveredComponent::component)
                .containsExactly("db", "files");

        story.pass(Duration.ofMinutes(2));
        assertThat(story.said(ManifestRequested.class)).containsExactly(request, request);

        story.tell(written(request));
        story.pass(Duration.ofHours(1));
        assertThat(story.said(ManifestRequested.class)).hasSize(2);
        assertThat(story.agenda().open()).isEmpty();
    }

    @Test
    void letsARecoveryPointGoWhoseManifestNobodyWrites() {
        story.tell(taken(story.lastRequest("db")), taken(story.lastRequest("files")));

        story.pass(Duration.ofHours(12));

        assertThat(story.agenda().open()).isEmpty();
    }

    @Test
    void wantsNoManifestOfNothing() {
        story.tell(refused(story.lastRequest("db")), refused(story.lastRequest("files")));

        assertThat(story.last(RecoveryPointIncomplete.class).components()).isEmpty();
        assertThat(story.said(ManifestRequested.class)).isEmpty();
        assertThat(story.agenda().open()).isEmpty();
    }

    @Test
    void changesNothingWhenItIsToldEverythingAgain() {
        var db = story.lastRequest("db");
        var files = story.lastRequest("files");
        story.tell(accepted(db), taken(db), taken(files));
        story.tell(written(story.last(ManifestRequested.class)));
        var agenda = story.agenda();
        var said = story.said().size();

        story.tell(
                planned("db", 1, "0 2 * * *"),
                accepted(db),
                progressed(db),
                taken(db),
                failed(files),
                written(story.last(ManifestRequested.class)));

        assertThat(story.agenda()).isEqualTo(agenda);
        assertThat(story.said()).hasSize(said);
    }

    @Test
    void doesNotHeedOutcomesOfARecoveryPointItDoesNotKnow() {
        var other = new Story("2026-03-11T02:00:00Z");

        other.tell(taken(story.lastRequest("db")));

        assertThat(other.agenda()).isEqualTo(StackAgenda.empty(Facts.STACK));
    }
}
