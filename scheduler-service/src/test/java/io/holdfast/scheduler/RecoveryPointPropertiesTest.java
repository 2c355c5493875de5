package io.holdfast.scheduler;

import static io.holdfast.scheduler.Facts.accepted;
import static io.holdfast.scheduler.Facts.failed;
import static io.holdfast.scheduler.Facts.planned;
import static io.holdfast.scheduler.Facts.progressed;
import static io.holdfast.scheduler.Facts.refused;
import static io.holdfast.scheduler.Facts.requested;
import static io.holdfast.scheduler.Facts.taken;
import static io.holdfast.scheduler.Facts.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.BackupEvent.RecoveryPointCompleted;
import io.holdfast.events.BackupEvent.RecoveryPointIncomplete;
import io.holdfast.events.Event;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Request.ManifestRequested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecoveryPointPropertiesTest {

    /** How a site answers the requests for one component. */
    enum Ending {
        TAKEN,
        REFUSED,
        TAKEN_AT_THE_SECOND_TRY,
        FAILED_TWICE
    }

    @Property(tries = 40)
    void settlesTheSameInWhateverOrderAndHoweverOftenOutcomesCome(
            @ForAll("endings") List<Ending> endings, @ForAll Random order) {
        Settled inOrder = settle(endings, new Random(0), false);

        Settled shuffled = settle(endings, order, true);

        assertThat(shuffled).isEqualTo(inOrder);
        assertThat(shuffled.missing()).hasSize((int) endings.stream()
                .filter(ending -> ending == Ending.REFUSED || ending == Ending.FAILED_TWICE)
                .count());
    }

    @Property(tries = 100)
    void neverAsksTwiceForTheSameAttempt(@ForAll("steps") List<Integer> steps, @ForAll Random random) {
        var story = new Story("2026-03-10T12:00:00Z");
        story.tell(planned("db", 1, "*/20 * * * *"), planned("files", 1, "0 * * * *", "30 3 * * *"));

        for (int step : steps) {
            wander(story, step, random);
        }

        var attempts = story.said(BackupRequested.class).stream()
                .map(request -> Map.entry(request.backup(), request.attempt()))
                .toList();
        assertThat(attempts).doesNotHaveDuplicates();
        var settled = new ArrayList<>(story.said(RecoveryPointCompleted.class).stream()
                .map(RecoveryPointCompleted::recoveryPoint)
                .toList());
        settled.addAll(story.said(RecoveryPointIncomplete.class).stream()
                .map(RecoveryPointIncomplete::recoveryPoint)
                .toList());
        assertThat(settled).doesNotHaveDuplicates();
    }

    @Provide
    Arbitrary<List<Ending>> endings() {
        return Arbitraries.of(Ending.class).list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.integers().between(0, 11).list().ofMaxSize(60);
    }

    /** How a recovery point came out. */
    private record Settled(List<Object> recovered, List<String> missing) {}

    private static Settled settle(List<Ending> endings, Random order, boolean disturbed) {
        var story = new Story("2026-03-10T12:00:00Z");
        for (int component = 0; component < endings.size(); component++) {
            story.tell(planned("c" + component, 1, "30 12 * * *"));
        }
        story.jumpTo("2026-03-10T12:30:00Z");
        for (int round = 1; round <= 2; round++) {
            var outcomes = new ArrayList<Event>();
            for (int component = 0; component < endings.size(); component++) {
                BackupRequested request = story.lastRequest("c" + component);
                if (request.attempt() == round) {
                    outcomes.add(accepted(request));
                    outcomes.add(outcome(endings.get(component), request));
                }
            }
            if (disturbed) {
                outcomes.addAll(List.copyOf(outcomes));
                Collections.shuffle(outcomes, order);
            }
            outcomes.forEach(story::tell);
            story.pass(Duration.ofMinutes(6));
        }
        var completed = story.said(RecoveryPointCompleted.class);
        var incomplete = story.said(RecoveryPointIncomplete.class);
        assertThat(completed.size() + incomplete.size()).isEqualTo(1);
        return completed.isEmpty()
                ? new Settled(
                        List.copyOf(incomplete.getFirst().components()),
                        incomplete.getFirst().missing())
                : new Settled(List.copyOf(completed.getFirst().components()), List.of());
    }

    private static Event outcome(Ending ending, BackupRequested request) {
        return switch (ending) {
            case TAKEN -> taken(request);
            case REFUSED -> refused(request);
            case TAKEN_AT_THE_SECOND_TRY -> request.attempt() == 1 ? failed(request) : taken(request);
            case FAILED_TWICE -> failed(request);
        };
    }

    private static void wander(Story story, int step, Random random) {
        List<BackupRequested> requests = story.said(BackupRequested.class);
        List<ManifestRequested> manifests = story.said(ManifestRequested.class);
        switch (step) {
            case 0 -> story.pass(Duration.ofSeconds(random.nextInt(1, 120)));
            case 1 -> story.pass(Duration.ofMinutes(random.nextInt(1, 90)));
            case 2 ->
                story.resumeAt(
                        story.now().plusSeconds(random.nextInt(1, 100_000)).toString());
            case 3 ->
                story.resumeAt(
                        story.now().minusSeconds(random.nextInt(1, 4_000)).toString());
            case 4 ->
                story.tell(requested("shop-" + random.nextInt(2), story.now().plusSeconds(60)));
            case 5 -> story.tell(planned("db", random.nextInt(1, 4), "*/20 * * * *"));
            case 6 -> any(requests, random).forEach(request -> story.tell(failed(request)));
            case 7 -> any(requests, random).forEach(request -> story.tell(refused(request)));
            case 8 -> any(requests, random).forEach(request -> story.tell(progressed(request)));
            case 9 -> any(manifests, random).forEach(request -> story.tell(written(request)));
            default -> any(requests, random).forEach(request -> story.tell(taken(request)));
        }
    }

    private static <T> List<T> any(List<T> of, Random random) {
        return of.isEmpty() ? List.of() : List.of(of.get(random.nextInt(of.size())));
    }
}
