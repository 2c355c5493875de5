package io.holdfast.scheduler;

import static io.holdfast.scheduler.Facts.failed;
import static io.holdfast.scheduler.Facts.planned;
import static io.holdfast.scheduler.Facts.requested;
import static io.holdfast.scheduler.Facts.taken;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.BackupEvent.RecoveryPointIncomplete;
import io.holdfast.events.BackupEvent.RecoveryPointOpened;
import io.holdfast.events.BackupEvent.RecoveryPointRefused;
import io.holdfast.events.BackupKind;
import io.holdfast.events.Request.BackupRequested;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RequestedRecoveryPointTest {

    private final Story story = new Story("2026-03-10T12:00:00.500Z");
    private final Instant soon = story.now().plusSeconds(60);

    @Test
    void asksForTheWholeStackAtOnce() {
        plan();

        story.tell(requested("shop-upgrade", soon));

        assertThat(story.last(RecoveryPointOpened.class))
                .isEqualTo(new RecoveryPointOpened(
                        Facts.STACK,
                        requested("shop-upgrade", soon).recoveryPoint(),
                        java.util.List.of("db", "files"),
                        BackupKind.FULL,
                        "before-upgrade",
                        Instant.parse("2026-03-10T12:00:00Z"),
                        Instant.parse("2026-03-11T00:00:00.500Z")));
        assertThat(story.requestsToSite()).containsExactly("shop/db", "shop/files");
        assertThat(story.lastRequest("db").name()).isEqualTo("before-upgrade");
    }

    @Test
    void asksForTheComponentsNamed() {
        plan();

        story.tell(requested("shop-upgrade", soon, "files"));

        assertThat(story.requestsToSite()).containsExactly("shop/files");
    }

    @Test
    void carriesARequestOutOnce() {
        plan();
        story.tell(requested("shop-upgrade", soon), requested("shop-upgrade", soon));
        assertThat(story.said(BackupRequested.class)).hasSize(2);

        story.tell(taken(story.lastRequest("db")), taken(story.lastRequest("files")));
        story.tell(Facts.written(story.last(io.holdfast.events.Request.ManifestRequested.class)));
        story.tell(requested("shop-upgrade", soon));

        assertThat(story.said(RecoveryPointOpened.class)).hasSize(1);
    }

    @Test
    void endsAtTheFirstFailureSinceWhoeverAskedWaitsForIt() {
        plan();
        story.tell(requested("shop-upgrade", soon));

        story.tell(taken(story.lastRequest("files")), failed(story.lastRequest("db")));

        assertThat(story.last(RecoveryPointIncomplete.class).missing()).containsExactly("db");
    }

    @Test
    void queuesBehindABackupUnderWay() {
        plan();
        story.jumpTo("2026-03-11T02:00:00Z");

        story.tell(requested("shop-upgrade", story.now().plusSeconds(60), "db"));

        assertThat(story.requestsToSite()).containsExactly("shop/db", "shop/files", "shop/db");
    }

    @Test
    void refusesWhatComesTooLate() {
        plan();

        story.tell(requested("shop-upgrade", story.now()));

        assertRefused("HF-B01", "holdfast backup shop");
    }

    @Test
    void refusesAStackThatIsNotPlannedAndRemembersNothing() {
        story.tell(requested("shop-upgrade", soon));

        assertRefused("HF-B02", "no stack 'shop'");
        assertThat(story.agenda()).isEqualTo(StackAgenda.empty(Facts.STACK));
    }

    @Test
    void refusesAComponentThatIsNotPlannedNamingThoseThatAre() {
        plan();

        story.tell(requested("shop-upgrade", soon, "db", "flies"), requested("shop-upgrade", soon, "db", "flies"));

        assertRefused("HF-B03", "db, files");
    }

    @Test
    void refusesAnIdThatWouldMakeABackupsIdTooLong() {
        plan();

        story.tell(requested("x".repeat(137), soon));

        assertRefused("HF-B04", "at most 136");
    }

    @Test
    void refusesMoreThanItCanKeepTrackOf() {
        for (int component = 0; component < StackAgenda.MOST_BACKUPS / 4; component++) {
            story.tell(planned("c" + component, 1));
        }
        story.tell(requested("a", soon), requested("b", soon), requested("c", soon), requested("d", soon, "c1"));
        assertThat(story.said(RecoveryPointRefused.class)).isEmpty();

        story.tell(requested("e", soon));

        assertRefused("HF-B05", "too many");
    }

    private void plan() {
        story.tell(planned("db", 1, "0 2 * * *"), planned("files", 1, "0 2 * * *"));
    }

    private void assertRefused(String code, String words) {
        assertThat(story.said(RecoveryPointRefused.class)).singleElement().satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.message()).contains(words);
        });
    }
}
