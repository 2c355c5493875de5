package io.holdfast.scheduler;

import static io.holdfast.scheduler.Facts.failed;
import static io.holdfast.scheduler.Facts.grouped;
import static io.holdfast.scheduler.Facts.partOf;
import static io.holdfast.scheduler.Facts.progressed;
import static io.holdfast.scheduler.Facts.refused;
import static io.holdfast.scheduler.Facts.requested;
import static io.holdfast.scheduler.Facts.taken;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.BackupEvent.RecoveryPointCompleted;
import io.holdfast.events.BackupEvent.RecoveryPointIncomplete;
import io.holdfast.events.Event;
import io.holdfast.events.RecoveredComponent;
import io.holdfast.events.Request.BackupRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Components that are captured together. */
class TogetherTest {

    private final Story story = new Story("2026-03-10T12:00:00Z");

    @BeforeEach
    void planTwo() {
        story.tell(grouped("db", 1, "0 2 * * *"), grouped("files", 1, "0 2 * * *"));
    }

    @Test
    void areAskedForByOneRequest() {
        BackupRequested request = asked();

        assertThat(story.said(BackupRequested.class)).hasSize(1);
        assertThat(request.component()).isEqualTo(Facts.id("db"));
        assertThat(request.together()).containsExactly("files");
        story.tell(takenAt(request, "db", 5), takenAt(request, "files", 5));
        assertThat(story.last(RecoveryPointCompleted.class).components()).hasSize(2);
    }

    @Test
    void areAllAskedForAgainWhenOneFailed() {
        BackupRequested first = asked();

        BackupRequested second = askedAgainWhenOneFailed(first);

        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.backup()).isEqualTo(first.backup());
        assertThat(second.together()).containsExactly("files");
        story.tell(takenAt(second, "db", 400));
        assertThat(story.said(RecoveryPointCompleted.class)).isEmpty();
        story.tell(takenAt(second, "files", 400));
        assertThat(story.last(RecoveryPointCompleted.class).components())
                .extracting(RecoveredComponent::takenAt)
                .containsOnly(Instant.parse("2026-03-11T02:06:40Z"));
    }

    @Test
    void waitForEachOtherBeforeTheyAreAskedForAgain() {
        BackupRequested first = asked();
        story.tell(failed(partOf(first, "db")));
        for (int minute = 0; minute < 20; minute++) {
            story.pass(Duration.ofMinutes(1));
            story.tell(progressed(partOf(first, "files")));
        }
        assertThat(story.said(BackupRequested.class)).hasSize(1);

        story.tell(takenAt(first, "files", 5));

        assertThat(story.last(BackupRequested.class).attempt()).isEqualTo(2);
    }

    @Test
    void makeAnIncompleteRecoveryPointOfTheLastTry() {
        BackupRequested second = askedAgainWhenOneFailed(asked());

        story.tell(takenAt(second, "db", 400), failed(partOf(second, "files")));

        RecoveryPointIncomplete incomplete = story.last(RecoveryPointIncomplete.class);
        assertThat(incomplete.missing()).containsExactly("files");
        assertThat(incomplete.components())
                .extracting(RecoveredComponent::component)
                .containsExactly("db");
    }

    @Test
    void areNotAskedForAgainWhenOneWasRefused() {
        BackupRequested request = asked();

        story.tell(refused(partOf(request, "db")), takenAt(request, "files", 5));

        assertThat(story.last(RecoveryPointIncomplete.class).missing()).containsExactly("db");
    }

    @Test
    void countNothingOfATryThatWasGivenUp() {
        BackupRequested first = asked();
        story.pass(Duration.ofMinutes(2));
        BackupRequested second = story.last(BackupRequested.class);

        story.tell(takenAt(first, "files", 5), takenAt(second, "db", 400));
        assertThat(story.said(RecoveryPointCompleted.class)).isEmpty();

        story.tell(takenAt(second, "files", 400));
        assertThat(story.said(RecoveryPointCompleted.class)).hasSize(1);
    }

    @Test
    void takeTheNewerOfTwoThatOneTryTold() {
        BackupRequested request = asked();

        story.tell(takenAt(request, "db", 5), takenAt(request, "db", 90), takenAt(request, "db", 5));
        story.tell(takenAt(request, "files", 90));

        assertThat(story.last(RecoveryPointCompleted.class).components())
                .extracting(RecoveredComponent::takenAt)
                .containsOnly(Instant.parse("2026-03-11T02:01:30Z"));
    }

    @Test
    void areAskedForAloneByWhoeverAsksForOne() {
        story.tell(requested("mine", story.now().plusSeconds(60), "files"));

        BackupRequested request = story.last(BackupRequested.class);
        assertThat(request.component()).isEqualTo(Facts.id("files"));
        assertThat(request.together()).isNull();
    }

    @Test
    void areNotDueWhileOneOfThemIsUnderWay() {
        story.jumpTo("2026-03-11T01:59:59Z");
        story.tell(requested("mine", story.now().plusSeconds(60), "files"));
        BackupRequested alone = story.last(BackupRequested.class);
        story.pass(Duration.ofSeconds(30));
        assertThat(story.said(BackupRequested.class)).containsExactly(alone);

        story.tell(taken(alone));

        BackupRequested request = story.last(BackupRequested.class);
        assertThat(List.of(request.component().component(), request.together()))
                .isEqualTo(List.of("db", List.of("files")));
    }

    private BackupRequested asked() {
        story.jumpTo("2026-03-11T02:00:00Z");
        return story.last(BackupRequested.class);
    }

    private BackupRequested askedAgainWhenOneFailed(BackupRequested first) {
        story.tell(failed(partOf(first, "db")), takenAt(first, "files", 5));
        story.pass(Duration.ofMinutes(5));
        return story.last(BackupRequested.class);
    }

    private static Event takenAt(BackupRequested request, String component, int second) {
        return taken(
                partOf(request, component),
                Instant.parse("2026-03-11T02:00:00Z").plusSeconds(second));
    }
}
