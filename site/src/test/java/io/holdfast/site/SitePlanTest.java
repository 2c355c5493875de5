package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.PlanRecord.PlanPublished;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.PlanRecord.SitePlanned;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SitePlanTest {

    private static final ComponentId DB = new ComponentId("shop", "db");

    private final SitePlan plan = new SitePlan("here");

    @Test
    void knowsNothingBeforeAPlanWasPublished() {
        assertThat(plan.site()).isEmpty();
        assertThat(plan.stacks()).isEmpty();
        assertThat(plan.published()).isEmpty();
    }

    @Test
    void takesTheNewerRevision() {
        apply(component(DB, "here", 1), component(DB, "here", 2, "east"));

        assertThat(plan.component(DB).orElseThrow().regions()).containsExactly("east");
    }

    @Test
    void isNotMovedBackByAnOlderRevision() {
        apply(component(DB, "here", 2, "east"), component(DB, "here", 1));

        assertThat(plan.component(DB).orElseThrow().revision()).isEqualTo(2);
    }

    @Test
    void losesWhatIsRetired() {
        apply(component(DB, "here", 1), new Retired("shop/component/db", 2));

        assertThat(plan.component(DB)).isEmpty();
        assertThat(plan.stacks()).isEmpty();
    }

    @Test
    void keepsWhatALowerRevisionRetired() {
        apply(component(DB, "here", 2), new Retired("shop/component/db", 1));

        assertThat(plan.component(DB)).isPresent();
    }

    @Test
    void leavesOtherSitesToThemselves() {
        apply(
                new SitePlanned("elsewhere", "/theirs", "env:THEIRS", 1),
                component(DB, "elsewhere", 1),
                component(new ComponentId("shop", "web"), "here", 1));

        assertThat(plan.site()).isEmpty();
        assertThat(plan.component(DB)).isEmpty();
        assertThat(plan.components()).hasSize(1);
        assertThat(plan.stacks()).containsExactly("shop");
    }

    @Test
    void losesAComponentThatMovedToAnotherSite() {
        apply(component(DB, "here", 1), component(DB, "elsewhere", 2));

        assertThat(plan.component(DB)).isEmpty();
    }

    @Test
    void knowsTheRegionsOfAStackOnceEach() {
        apply(
                region("east"),
                region("west"),
                region("north"),
                component(DB, "here", 1, "west", "east"),
                component(new ComponentId("shop", "web"), "here", 1, "east", "not-planned"),
                component(new ComponentId("blog", "db"), "here", 1, "north"));

        assertThat(plan.regionsOf("shop")).containsExactlyInAnyOrder(region("east"), region("west"));
    }

    @Test
    void callsBackWhenARevisionIsPublished() {
        var calls = new AtomicInteger();
        plan.onPublished(calls::incrementAndGet);

        apply(component(DB, "here", 1));
        assertThat(calls).hasValue(0);
        apply(new PlanPublished(1, 0, "plan: 1", "operator"));

        assertThat(calls).hasValue(1);
        assertThat(plan.published().orElseThrow().text()).isEqualTo("plan: 1");
    }

    @Test
    void callsBackForARecordThatComesAfterItsRevisionWasPublished() {
        var calls = new AtomicInteger();
        plan.onPublished(calls::incrementAndGet);
        apply(new PlanPublished(2, 1, "plan: 2", "operator"));

        apply(component(DB, "here", 2));
        assertThat(calls).hasValue(2);
        apply(component(DB, "here", 3));
        assertThat(calls).hasValue(2);
    }

    @Test
    void passesOverWhatIsNoPlan() {
        plan.apply(new Envelope(
                "id", "/x", Instant.EPOCH, "c", Requests.entry("b1", 1).request()));

        assertThat(plan.components()).isEmpty();
    }

    private void apply(PlanRecord... records) {
        for (PlanRecord record : records) {
            plan.apply(new Envelope("id", "/central/console", Instant.EPOCH, "plan", record));
        }
    }

    private static RegionPlanned region(String name) {
        return new RegionPlanned(name, "/regions/" + name, null, null, 1);
    }

    private static ComponentPlanned component(ComponentId id, String site, long revision, String... regions) {
        var source = new Source.Files(List.of(Path.of("/srv")), List.of(), List.of(), null, Quiesce.NONE);
        return new ComponentPlanned(
                id,
                site,
                source.toJson(),
                List.of(),
                List.of(regions),
                Duration.ofDays(1),
                null,
                null,
                20,
                0,
                revision,
                null,
                null);
    }
}
