package io.holdfast.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.console.Samples;
import io.holdfast.console.view.ComponentBackup.State;
import io.holdfast.console.view.RecoveryPoint.Status;
import io.holdfast.events.BackupEvent.BackupFailed;
import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.Event;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.RecoveryPointId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackupsViewTest {

    private static final RecoveryPointId NIGHT = Samples.point("rag", 1);

    private final PlanView plan = new PlanView();
    private final BackupsView view = new BackupsView(plan, 100);

    @Test
    void showsWhatRunsBeforeTheSchedulerHasOpenedIt() {
        on(Samples.requested(NIGHT, "backup-20240115", "redis"));

        assertThat(point(NIGHT).status()).isEqualTo(Status.RUNNING);
        assertThat(point(NIGHT).name()).isEqualTo("backup-20240115");
        assertThat(state(NIGHT, "redis")).isEqualTo(State.WAITING);
    }

    @Test
    void aWholeRunEndsCompleteWithEveryPlace() {
        Samples.wholeRun(NIGHT).forEach(this::on);

        var listed = view.byId(NIGHT.value()).orElseThrow();
        assertThat(listed.point().status()).isEqualTo(Status.COMPLETE);
        assertThat(listed.places().get("redis")).containsExactly("north", CatalogueRecord.VAULT);
        assertThat(listed.places().get("files")).containsExactly(CatalogueRecord.VAULT);
    }

    @Property(tries = 200)
    void tellsTheSameInWhicheverOrderEventsArriveAndHoweverOften(@ForAll long seed) {
        var shuffled = new ArrayList<Event>(Samples.wholeRun(NIGHT));
        shuffled.addAll(Samples.wholeRun(NIGHT));
        shuffled.addAll(Samples.catalogue(NIGHT, true));
        var ordered = new BackupsView(plan, 100);
        Samples.wholeRun(NIGHT).forEach(event -> ordered.on(Samples.envelope(event)));
        Samples.catalogue(NIGHT, true).forEach(event -> ordered.on(Samples.envelope(event)));
        Collections.shuffle(shuffled, new Random(seed));
        var any = new BackupsView(plan, 100);
        shuffled.forEach(event -> any.on(Samples.envelope(event)));

        assertThat(any.byId(NIGHT.value())).isEqualTo(ordered.byId(NIGHT.value()));
    }

    @Test
    void comesBackFromTheCatalogueAlone() {
        Samples.catalogue(NIGHT, true).forEach(this::on);

        var listed = view.byId(NIGHT.value()).orElseThrow();
        assertThat(listed.point().status()).isEqualTo(Status.COMPLETE);
        assertThat(listed.point().name()).isEqualTo("nightly");
        assertThat(listed.point().components().keySet()).containsExactly("files", "redis");
        assertThat(listed.places().get("redis")).containsExactly("north", CatalogueRecord.VAULT);
        assertThat(view.siteOf("rag")).contains("local");
    }

    @Test
    void comesBackFromTheCatalogueOfARegionAloneAndGoesWithIt() {
        Samples.catalogueOf("north", NIGHT).forEach(this::on);

        var listed = view.byId(NIGHT.value()).orElseThrow();
        assertThat(listed.point().status()).isEqualTo(Status.COMPLETE);
        assertThat(listed.point().name()).isEqualTo("nightly");
        assertThat(listed.places().values()).containsExactly(List.of("north"), List.of("north"));
        assertThat(view.siteOf("rag")).contains("local");

        on(Samples.emptied("redis", "north"));
        assertThat(view.byId(NIGHT.value()).orElseThrow().holds("redis")).isFalse();
        assertThat(view.byId(NIGHT.value()).orElseThrow().holds("files")).isTrue();
    }

    @Test
    void namesNoRegionThatThePlanHasNoLongerUntilItHasItAgain() {
        Samples.wholeRun(NIGHT).forEach(this::on);
        plan.on(Samples.envelope(new Retired("-/region/north", 2)));
        assertThat(view.byId(NIGHT.value()).orElseThrow().places().get("redis")).containsExactly(CatalogueRecord.VAULT);

        plan.on(Samples.envelope(new RegionPlanned("north", "/mnt/north", null, null, 3)));
        assertThat(view.byId(NIGHT.value()).orElseThrow().places().get("redis"))
                .containsExactly("north", CatalogueRecord.VAULT);
    }

    @Test
    void aLostVaultLeavesWhatTheRegionsHold() {
        Samples.wholeRun(NIGHT).forEach(this::on);
        Samples.catalogueOf("north", NIGHT).forEach(this::on);
        on(Samples.emptied("redis", CatalogueRecord.VAULT));
        on(Samples.emptied("files", CatalogueRecord.VAULT));

        assertThat(view.byId(NIGHT.value()).orElseThrow().places().values())
                .containsExactly(List.of("north"), List.of("north"));
    }

    @Test
    void aCatalogueWithoutManifestMakesAnIncompletePoint() {
        on(Samples.catalogue(NIGHT, true).getFirst());

        assertThat(point(NIGHT).status()).isEqualTo(Status.INCOMPLETE);
    }

    @Test
    void aManifestMaySayThatThePointIsIncomplete() {
        Samples.catalogue(NIGHT, false).forEach(this::on);

        assertThat(point(NIGHT).status()).isEqualTo(Status.INCOMPLETE);
    }

    @Test
    void aLaterCatalogueTakesBackWhatEventsClaimed() {
        Samples.wholeRun(NIGHT).forEach(this::on);
        on(Samples.emptied("redis", CatalogueRecord.VAULT));

        assertThat(view.byId(NIGHT.value()).orElseThrow().places().get("redis")).containsExactly("north");
    }

    @Test
    void aSnapshotOutlivesALateFailureOfAnEarlierAttempt() {
        Samples.wholeRun(NIGHT).forEach(this::on);
        on(new BackupFailed(Samples.REDIS, Samples.backup(NIGHT, "redis"), 1, NIGHT, "local", "HF-W1", "late"));

        assertThat(state(NIGHT, "redis")).isEqualTo(State.TAKEN);
        assertThat(point(NIGHT).status()).isEqualTo(Status.COMPLETE);
    }

    @Test
    void keepsTheNewestWhenThereAreTooMany() {
        for (int day = 1; day <= 300; day++) {
            on(Samples.requested(Samples.point("rag", day), null, "redis"));
        }

        List<BackupsView.Listed> all = view.newest(_ -> true, 1000);
        assertThat(all).hasSizeBetween(100, 110);
        assertThat(all.getFirst().point().id()).isEqualTo(Samples.point("rag", 300));
        assertThat(all.getLast().point().at()).isAfter(Samples.day(150));
    }

    @Test
    void pagesWithoutGapsOrRepetitions() {
        for (int day = 1; day <= 10; day++) {
            on(Samples.requested(Samples.point("rag", day), null, "redis"));
        }
        var first = view.newest(_ -> true, 4);
        var second = view.newestBefore(first.getLast().point(), _ -> true, 4);

        assertThat(second.getFirst().point().id()).isEqualTo(Samples.point("rag", 6));
    }

    private void on(Event event) {
        view.on(Samples.envelope(event));
    }

    private @Nullable State state(RecoveryPointId id, String component) {
        ComponentBackup backup = point(id).components().get(component);
        return backup == null ? null : backup.state();
    }

    private RecoveryPoint point(RecoveryPointId id) {
        return view.byId(id.value()).orElseThrow().point();
    }
}
