package io.holdfast.uploader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.site.testing.TestSite;
import io.holdfast.uploader.Regions.Copy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(30)
@Execution(ExecutionMode.CONCURRENT)
class RegionsTest {

    private static final Copy EAST = new Copy("shop", "east");
    private static final Copy WEST = new Copy("shop", "west");
    private static final Copy BLOG = new Copy("blog", "east");
    private static final UploadSettings CALM = new UploadSettings(Duration.ofHours(1), Duration.ofHours(1));

    @TempDir
    private Path directory;

    private TestSite site;
    private final CountDownLatch release = new CountDownLatch(1);
    private final Set<Copy> hanging = ConcurrentHashMap.newKeySet();
    private final Map<Copy, Integer> runs = new ConcurrentHashMap<>();
    private final List<Regions> started = new ArrayList<>();

    @BeforeEach
    void site() throws IOException {
        site = new TestSite(directory);
        site.region("east");
        site.region("west");
        site.component("shop", "docs", List.of(directory), "east", "west");
        site.component("blog", "db", List.of(directory), "east");
    }

    @AfterEach
    void stop() {
        started.forEach(Regions::stop);
    }

    @Test
    void comparesEveryCopyAtTheStart() {
        started(this::count, CALM);

        await().until(() -> runs.equals(Map.of(EAST, 1, WEST, 1, BLOG, 1)));
    }

    @Test
    void comparesTheStackThatIsWoken() {
        Regions regions = started(this::count, CALM);
        await().until(() -> runs.size() == 3);

        regions.wake("shop");

        await().until(() -> runs.equals(Map.of(EAST, 2, WEST, 2, BLOG, 1)));
    }

    @Test
    void losesNoWakeThatComesDuringARun() {
        var inside = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        Regions regions = started(
                copy -> {
                    if (copy.equals(EAST)) {
                        inside.countDown();
                        go.await();
                    }
                    return count(copy);
                },
                CALM);
        await().until(() -> inside.getCount() == 0);

        regions.wake("shop");
        go.countDown();

        await().until(() -> runs.getOrDefault(EAST, 0) == 2);
    }

    @Test
    void letsADeadRegionDelayOnlyItself() {
        Regions regions = started(
                copy -> {
                    if (copy.equals(EAST)) {
                        new CountDownLatch(1).await();
                    }
                    return count(copy);
                },
                CALM);
        await().until(() -> runs.equals(Map.of(WEST, 1, BLOG, 1)));

        regions.wake("shop");

        await().until(() -> runs.equals(Map.of(WEST, 2, BLOG, 1)));
    }

    @Test
    void triesAFailedRegionAgainSoon() {
        started(
                copy -> {
                    count(copy);
                    return !copy.equals(WEST);
                },
                new UploadSettings(Duration.ofHours(1), Duration.ofMillis(20)));

        await().until(() -> runs.getOrDefault(WEST, 0) > 3);
        assertThat(runs).containsEntry(EAST, 1);
    }

    @Test
    void comparesAtASteadyPace() {
        started(this::count, new UploadSettings(Duration.ofMillis(20), Duration.ofHours(1)));

        await().until(() -> runs.getOrDefault(EAST, 0) > 3);
    }

    @Test
    void survivesADefectAndAnInterruptThatIsNoStop() {
        started(
                copy -> {
                    count(copy);
                    return switch (runs.getOrDefault(copy, 0)) {
                        case 1 -> throw new IllegalStateException("a defect");
                        case 2 -> throw new StackOverflowError("a deep one");
                        case 3 -> throw new InterruptedException("a socket's timeout");
                        default -> true;
                    };
                },
                new UploadSettings(Duration.ofHours(1), Duration.ofMillis(20)));

        await().until(() -> runs.getOrDefault(EAST, 0) == 4);
    }

    @Test
    void takesUpARegionThatIsPlannedLater() {
        started(this::count, CALM);
        await().until(() -> runs.size() == 3);

        site.region("north");
        site.component("blog", "media", List.of(directory), "north");
        site.publishPlan(2, "version: 2");

        await().until(() -> runs.containsKey(new Copy("blog", "north")));
    }

    @Test
    @Timeout(10)
    void stopsQuicklyAlsoWhenSeveralRegionsHang() {
        for (int i = 0; i < 5; i++) {
            site.component("stack" + i, "db", List.of(directory), "east");
        }
        Regions regions = started(this::hang, CALM);
        await().until(() -> hanging.size() == 8);

        regions.stop();

        assertThat(regions.isRunning()).isFalse();
        release.countDown();
    }

    /** A call that no interrupt ends, as one into an operating system can be. */
    private boolean hang(Copy copy) {
        hanging.add(copy);
        while (release.getCount() > 0) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            var _ = Thread.interrupted();
        }
        return true;
    }

    private Regions started(Regions.Work work, UploadSettings settings) {
        var regions = new Regions(site.plan(), work, settings);
        started.add(regions);
        regions.start();
        return regions;
    }

    private boolean count(Copy copy) {
        runs.merge(copy, 1, Integer::sum);
        return true;
    }
}
