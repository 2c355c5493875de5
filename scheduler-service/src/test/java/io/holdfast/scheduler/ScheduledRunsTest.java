package io.holdfast.scheduler;

import static io.holdfast.scheduler.Facts.capturing;
import static io.holdfast.scheduler.Facts.catalogued;
import static io.holdfast.scheduler.Facts.cataloguedAt;
import static io.holdfast.scheduler.Facts.planned;
import static io.holdfast.scheduler.Facts.plannedAt;
import static io.holdfast.scheduler.Facts.taken;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.BackupEvent.RecoveryPointOpened;
import io.holdfast.events.BackupKind;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.Request.BackupRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduledRunsTest {

    private final Story story = new Story("2026-03-10T12:00:00Z");

    @Test
    void makesOneRecoveryPointOfWhatIsDueAtTheSameInstant() {
        story.tell(planned("db", 1, "0 2 * * *"), planned("files", 1, "0 2 * * *"), planned("cache", 1, "30 2 * * *"));

        story.jumpTo("2026-03-11T02:00:00.400Z");

        var opened = story.last(RecoveryPointOpened.class);
        assertThat(opened.recoveryPoint().value()).isEqualTo("shop-20260311T020000Z");
        assertThat(opened.components()).containsExactly("db", "files");
        assertThat(opened.due()).isEqualTo("2026-03-11T02:00:00Z");
        assertThat(story.requestsToSite()).containsExactly("shop/db", "shop/files");
        var request = story.lastRequest("db");
        assertThat(request.attempt()).isEqualTo(1);
        assertThat(request.backup().value()).isEqualTo("shop-20260311T020000Z.db");
        assertThat(request.expires()).isEqualTo("2026-03-11T08:00:00.400Z");
    }

    @Test
    void asksForARunOnlyOnce() {
        story.tell(planned("db", 1, "0 2 * * *"));
        story.jumpTo("2026-03-11T02:00:00Z");

        story.jumpTo("2026-03-11T02:00:01Z");

        assertThat(story.requestsToSite()).hasSize(1);
    }

    @Test
    void startsAStackTogetherWithinItsJitter() {
        var jitter = Duration.ofMinutes(10);
        story.tell(planned("db", 1, jitter, "0 2 * * *"), planned("files", 1, jitter, "0 2 * * *"));

        story.pass(Duration.ofHours(14));
        assertThat(story.said()).isEmpty();

        story.pass(Duration.ofMinutes(10));
        assertThat(story.said(RecoveryPointOpened.class)).singleElement().satisfies(opened -> {
            assertThat(opened.due()).isEqualTo("2026-03-11T02:00:00Z");
            assertThat(opened.components()).containsExactly("db", "files");
        });
    }

    @Test
    void makesUpForTheNewestMissedRunOnly() {
        story.tell(planned("db", 1, "0 */6 * * *"));

        story.resumeAt("2026-03-14T07:30:00Z");
        story.pass(Duration.ofHours(1));

        assertThat(story.said(RecoveryPointOpened.class))
                .extracting(RecoveryPointOpened::due)
                .containsExactly(Instant.parse("2026-03-14T06:00:00Z"));
    }

    @Test
    void makesAMissedFullRunAFullOne() {
        story.tell(plannedAt(
                Facts.SITE,
                "db",
                1,
                List.of(schedule("0 2 * * *", BackupKind.INCREMENTAL), schedule("0 3 * * 0", BackupKind.FULL))));

        story.resumeAt("2026-03-16T12:00:00Z");

        assertThat(story.lastRequest("db").kind()).isEqualTo(BackupKind.FULL);
        assertThat(story.lastRequest("db").due()).isEqualTo("2026-03-16T02:00:00Z");
    }

    @Test
    void makesUpForNothingBeforeTheCatalogueHasArrived() {
        story.tell(planned("db", 1, "0 2 * * *"));
        story.pass(Duration.ofHours(1));
        assertThat(story.said()).isEmpty();

        story.tell(catalogued("db", story.now(), Instant.parse("2026-03-09T02:00:07Z")));
        story.pass(Duration.ofMinutes(1));

        assertThat(story.lastRequest("db").due()).isEqualTo("2026-03-10T02:00:00Z");
    }

    @Test
    void findsNothingMissedWhenTheCatalogueHoldsTheLastRun() {
        story.tell(planned("db", 1, "0 2 * * *"), catalogued("db", story.now(), Instant.parse("2026-03-10T02:00:07Z")));

        story.pass(Duration.ofHours(1));

        assertThat(story.said()).isEmpty();
    }

    @Test
    void takesACatalogueThatComesBeforeThePlan() {
        story.tell(catalogued("db", story.now(), Instant.parse("2026-03-09T02:00:07Z")), planned("db", 1, "0 2 * * *"));

        story.pass(Duration.ofMinutes(1));

        assertThat(story.lastRequest("db").due()).isEqualTo("2026-03-10T02:00:00Z");
    }

    @Test
    void spendsNoMissedRunOnWhatTheVaultHoldsNewerAnyway() {
        story.tell(planned("db", 1, "0 2 * * *"));
        story.jumpTo("2026-03-11T02:00:00Z");
        story.tell(taken(story.lastRequest("db")));

        story.sleepUntil("2026-03-12T05:00:00Z");
        story.tell(catalogued("db", story.now(), Instant.parse("2026-03-12T03:00:00Z")));
        story.pass(Duration.ofHours(1));

        assertThat(story.said(RecoveryPointOpened.class)).hasSize(1);
        assertThat(story.agenda().components().get("db"))
                .extracting(ComponentAgenda::coveredTo)
                .isEqualTo(Instant.parse("2026-03-12T02:00:00Z"));
    }

    @Test
    void backsUpNewComponentsAtOnceAndTogether() {
        story.tell(planned("db", 1, "0 2 * * *"), planned("files", 1, "0 3 * * *"));
        story.tell(catalogued("db", story.now()));
        story.pass(Duration.ofSeconds(1));
        story.tell(catalogued("files", story.now()));

        story.pass(Duration.ofSeconds(5));

        assertThat(story.said(RecoveryPointOpened.class)).singleElement().satisfies(opened -> {
            assertThat(opened.components()).containsExactly("db", "files");
            assertThat(opened.due()).isEqualTo("2026-03-10T12:00:03Z");
        });
    }

    @Test
    void backsUpAtOnceWhatIsCapturedFromElsewhereFromNowOn() {
        story.tell(planned("db", 1, "0 2 * * *"), planned("files", 1, "0 2 * * *"));
        story.tell(catalogued("db", story.now(), story.now()), catalogued("files", story.now(), story.now()));
        story.jumpTo("2026-03-10T18:00:00Z");

        story.tell(capturing(2, "db", 2, "0 2 * * *"), planned("files", 2, "0 2 * * *"));
        story.tell(catalogued("db", story.now(), Instant.parse("2026-03-10T11:59:00Z")));
        story.pass(Duration.ofMinutes(1));

        assertThat(story.said(RecoveryPointOpened.class)).singleElement().satisfies(opened -> {
            assertThat(opened.components()).containsExactly("db");
            assertThat(opened.due()).isEqualTo("2026-03-10T18:00:02Z");
        });
        story.tell(
                taken(story.lastRequest("db")), capturing(2, "db", 2, "0 2 * * *"), capturing(2, "db", 3, "0 2 * * *"));
        story.pass(Duration.ofHours(7));
        assertThat(story.said(RecoveryPointOpened.class)).hasSize(1);
    }

    @Test
    void backsUpWhatIsCapturedFromElsewhereOnceTheBackupUnderWayHasEnded() {
        story.tell(planned("db", 1, "0 2 * * *"));
        story.jumpTo("2026-03-11T02:00:00Z");
        story.tell(capturing(2, "db", 2, "0 2 * * *"));
        story.pass(Duration.ofMinutes(1));
        assertThat(story.said(RecoveryPointOpened.class)).hasSize(1);

        story.tell(taken(story.lastRequest("db")));
        story.pass(Duration.ofMinutes(1));

        assertThat(story.said(RecoveryPointOpened.class)).hasSize(2);
    }

    @Test
    void startsNothingByAChangeThatWasReadBeforeAnyRunOrCatalogue() {
        story.tell(planned("db", 1, "0 2 * * *"), capturing(2, "db", 2, "0 2 * * *"));
        story.pass(Duration.ofHours(1));

        assertThat(story.said()).isEmpty();
    }

    @Test
    void backsUpAComponentThatMovedToAnotherSiteAtOnce() {
        story.tell(planned("db", 1, "0 2 * * *"), catalogued("db", story.now(), story.now()));
        story.pass(Duration.ofMinutes(1));
        assertThat(story.said()).isEmpty();

        story.tell(plannedAt("paris", "db", 2, List.of(schedule("0 2 * * *", BackupKind.INCREMENTAL))));
        story.tell(cataloguedAt("paris", "db", story.now()));
        story.pass(Duration.ofMinutes(1));

        assertThat(story.said(BackupRequested.class)).hasSize(1);
        assertThat(story.said().getLast().topic().name()).isEqualTo("holdfast.requests.paris");
    }

    @Test
    void runsOnceAfterTheBackupUnderWayWhatFellDueMeanwhile() {
        story.tell(planned("db", 1, "0 * * * *"));
        story.jumpTo("2026-03-10T13:00:00Z");
        story.jumpTo("2026-03-10T14:00:00Z");
        story.jumpTo("2026-03-10T15:00:00Z");
        assertThat(story.said(RecoveryPointOpened.class)).hasSize(1);

        story.jumpTo("2026-03-10T15:20:00Z");
        story.tell(taken(story.lastRequest("db")));
        story.pass(Duration.ofSeconds(1));

        assertThat(story.said(RecoveryPointOpened.class))
                .extracting(RecoveryPointOpened::due)
                .containsExactly(Instant.parse("2026-03-10T13:00:00Z"), Instant.parse("2026-03-10T15:00:00Z"));
    }

    @Test
    void opensARecoveryPointOfItsOwnForARunWhoseInstantIsTaken() {
        story.tell(planned("db", 1, "0 * * * *"), planned("files", 1, "30 12 * * *", "0 13 * * *"));
        story.jumpTo("2026-03-10T12:30:00Z");
        story.jumpTo("2026-03-10T13:00:00Z");

        story.jumpTo("2026-03-10T13:07:00Z");
        story.tell(taken(story.lastRequest("files")));
        story.pass(Duration.ofSeconds(1));

        assertThat(story.lastRequest("files").recoveryPoint().value()).isEqualTo("shop-20260310T130700Z");
    }

    @Test
    void startsNothingBecauseAScheduleChanged() {
        story.tell(planned("db", 1, "0 2 * * *"), catalogued("db", story.now()));
        story.pass(Duration.ofMinutes(1));
        story.tell(taken(story.lastRequest("db")));

        story.jumpTo("2026-03-10T18:00:00Z");
        story.tell(planned("db", 2, "0 17 * * *"));
        story.pass(Duration.ofHours(1));

        assertThat(story.said(RecoveryPointOpened.class)).hasSize(1);
    }

    @Test
    void doesNotHeedAnOlderPlan() {
        story.tell(planned("db", 3, "0 2 * * *"));

        story.tell(planned("db", 2, "* * * * *"), new PlanRecord.Retired("shop/component/db", 1));

        assertThat(story.agenda().wakeAt()).isEqualTo("2026-03-11T02:00:00Z");
    }

    @Test
    void leavesARetiredComponentAlone() {
        story.tell(planned("db", 1, "0 2 * * *"));

        story.tell(new PlanRecord.Retired("shop/component/db", 2));

        assertThat(story.agenda().wakeAt()).isEqualTo(Instant.MAX);
    }

    @Test
    void skipsAScheduleThatCannotBeRead() {
        story.tell(planned("db", 1, "soon", "0 2 * * *"));

        story.jumpTo("2026-03-11T02:00:00Z");

        assertThat(story.requestsToSite()).containsExactly("shop/db");
    }

    @Test
    void schedulesNothingTwiceWhenTheClockIsPutBack() {
        story.tell(planned("db", 1, "0 2 * * *"));
        story.jumpTo("2026-03-11T02:00:00Z");
        story.tell(taken(story.lastRequest("db")));

        story.resumeAt("2026-03-11T01:30:00Z");
        story.pass(Duration.ofHours(2));

        assertThat(story.said(RecoveryPointOpened.class)).hasSize(1);
    }

    @Test
    void goesOnAfterAClockThatWasAYearAhead() {
        story.tell(planned("db", 1, "0 2 * * *"));
        story.jumpTo("2027-03-11T02:00:00Z");
        story.tell(taken(story.lastRequest("db")));

        story.resumeAt("2026-03-11T12:00:00Z");
        story.pass(Duration.ofDays(1));

        assertThat(story.lastRequest("db").due()).isEqualTo("2026-03-12T02:00:00Z");
    }

    private static PlanRecord.Schedule schedule(String cron, BackupKind kind) {
        return new PlanRecord.Schedule(cron, "UTC", kind, Duration.ZERO);
    }
}
