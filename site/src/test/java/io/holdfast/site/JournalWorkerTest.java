package io.holdfast.site;

import static io.holdfast.site.Requests.AT;
import static io.holdfast.site.Requests.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.site.JournalWorker.Stage;
import io.holdfast.site.JournalWorker.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JournalWorkerTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private Journal journal;
    private final List<String> carriedOut = new CopyOnWriteArrayList<>();
    private final List<JournalWorker> workers = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(directory, AT);
    }

    @AfterEach
    void stop() {
        workers.forEach(JournalWorker::stop);
    }

    @Test
    void carriesOutWhatIsSubmitted() throws IOException {
        JournalWorker worker = started(this::note, SOON);
        journal.accept(entry("b1", 1));
        worker.submit("b1");

        await().until(() -> journal.entries().isEmpty());
        assertThat(carriedOut).containsExactly("b1#1");
        await().until(() -> worker.stages().isEmpty());
    }

    @Test
    void goesOnAfterARestartWithWhatLiesOpen() throws IOException {
        journal.accept(entry("b1", 1));
        journal.accept(entry("b2", 1));

        started(this::note, SOON);

        await().until(() -> journal.entries().isEmpty());
        assertThat(carriedOut).containsExactlyInAnyOrder("b1#1", "b2#1");
    }

    @Test
    void saysWhatKeepsItFromItsJournalWhenItStarts() throws IOException {
        Path unreadable = Files.createDirectory(directory.resolve("open/b1.json"));
        JournalWorker worker = worker(this::note, SOON);

        assertThatThrownBy(worker::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("HF-J11 ")
                .hasMessageContainingAll(unreadable.toString(), "Vaults and regions are not affected");
    }

    @Test
    void carriesOutWhatWasSubmittedBeforeItStarted() throws IOException {
        JournalWorker worker = worker(this::note, SOON);
        journal.accept(entry("b1", 1));
        worker.submit("b1");

        worker.start();

        await().until(() -> journal.entries().isEmpty());
        assertThat(carriedOut).containsExactly("b1#1");
    }

    @Test
    void triesAgainAfterEveryKindOfFailure() throws IOException {
        var failures = List.of(
                new IOException("disk"),
                new BrokerUnavailable("away", null),
                new IllegalStateException("a defect"),
                new StackOverflowError("a deep one"),
                new InterruptedException("not by us"));
        var tries = new AtomicInteger();
        journal.accept(entry("b1", 1));

        started(
                entry -> {
                    int current = tries.getAndIncrement();
                    if (current < failures.size()) {
                        fail(failures.get(current));
                    }
                },
                SOON);

        await().until(() -> journal.entries().isEmpty());
        assertThat(tries).hasValue(failures.size() + 1);
    }

    @Test
    void waitsBeforeItTriesAgain() throws IOException {
        journal.accept(entry("b1", 1));
        JournalWorker worker = started(
                entry -> {
                    note(entry);
                    throw new IllegalStateException("always");
                },
                NEVER);

        await().until(() -> worker.stages().get("b1") == Stage.QUEUED && !carriedOut.isEmpty());
        worker.submit("b1");

        assertThat(worker.stages()).containsOnlyKeys("b1");
        assertThat(carriedOut).hasSize(1);
        assertThat(journal.entries()).hasSize(1);
    }

    @Test
    void letsOthersGoFirstWhileWhatAnEntryNeedsIsInUse() throws IOException {
        var free = new AtomicBoolean();
        for (int i = 1; i <= 4; i++) {
            journal.accept(entry("b" + i, 1, AT.plusSeconds(i)));
        }

        JournalWorker worker = started(
                entry -> {
                    if (!entry.id().equals("b4") && !free.get()) {
                        throw new InUse("shop/db");
                    }
                    note(entry);
                },
                SOON);

        await().until(() -> carriedOut.equals(List.of("b4#1")));
        await().until(() -> worker.stages().values().stream().noneMatch(stage -> stage == Stage.RUNNING)
                && worker.stages().keySet().equals(Set.of("b1", "b2", "b3")));
        free.set(true);
        await().until(() -> journal.entries().isEmpty());
        assertThat(carriedOut).hasSize(4);
    }

    @Test
    void carriesNothingOutTwiceAtOnce() throws IOException, InterruptedException {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var turns = new Semaphore(0);
        journal.accept(entry("b1", 1));
        JournalWorker worker = started(
                entry -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    turns.acquire();
                    inside.decrementAndGet();
                    note(entry);
                },
                SOON);

        for (int attempt = 2; attempt <= 5; attempt++) {
            await().until(() -> inside.get() == 1);
            journal.accept(entry("b1", attempt));
            worker.submit("b1");
            worker.submit("b1");
            turns.release();
        }
        turns.release(5);

        await().until(() -> journal.entries().isEmpty() && worker.stages().isEmpty());
        assertThat(most).hasValue(1);
        assertThat(carriedOut).endsWith("b1#5");
    }

    @Test
    void carriesOutANewerAttemptThatCameMeanwhile() throws IOException {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        journal.accept(entry("b1", 1));
        JournalWorker worker = started(
                entry -> {
                    note(entry);
                    entered.countDown();
                    go.await();
                },
                SOON);
        await().until(() -> entered.getCount() == 0);

        journal.accept(entry("b1", 2));
        worker.submit("b1");
        go.countDown();

        await().until(() -> journal.entries().isEmpty());
        assertThat(carriedOut).containsExactly("b1#1", "b1#2");
    }

    @Test
    void losesNoAttemptThatComesInJustAsItsPredecessorEnds() throws IOException {
        JournalWorker worker = started(this::note, NEVER);
        for (int attempt = 1; attempt <= 200; attempt++) {
            journal.accept(entry("b1", attempt));
            worker.submit("b1");
        }

        await().until(() -> journal.entries().isEmpty());
        await().until(() -> worker.stages().isEmpty());
        assertThat(carriedOut.getLast()).isEqualTo("b1#200");
    }

    @Test
    void showsWhatWaitsAndWhatRuns() throws IOException {
        var go = new CountDownLatch(1);
        journal.accept(entry("b1", 1, AT));
        journal.accept(entry("b2", 1, AT.plusSeconds(1)));
        journal.accept(entry("b3", 1, AT.plusSeconds(2)));
        JournalWorker worker = started(entry -> go.await(), SOON);

        await().until(() -> worker.stages().values().stream()
                        .filter(stage -> stage == Stage.RUNNING)
                        .count()
                == 2);

        assertThat(worker.stages())
                .containsEntry("b1", Stage.RUNNING)
                .containsEntry("b2", Stage.RUNNING)
                .containsEntry("b3", Stage.QUEUED);
        go.countDown();
        await().until(() -> worker.stages().isEmpty());
    }

    @Test
    void leavesOpenWhatAStopCutsOff() throws IOException {
        var entered = new CountDownLatch(1);
        journal.accept(entry("b1", 1));
        JournalWorker worker = started(
                entry -> {
                    entered.countDown();
                    new CountDownLatch(1).await();
                },
                SOON);
        await().until(() -> entered.getCount() == 0);

        worker.stop();

        assertThat(journal.entries()).containsExactly(entry("b1", 1));
        started(this::note, SOON);
        await().until(() -> journal.entries().isEmpty());
    }

    @Test
    void doesNotStartOnAJournalItCannotRead() throws IOException {
        Files.writeString(directory.resolve("open/b1.json"), "damaged");

        assertThatThrownBy(worker(this::note, SOON)::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("HF-J02 ");
    }

    private JournalWorker started(Task task, Duration pause) {
        JournalWorker worker = worker(task, pause);
        worker.start();
        return worker;
    }

    private JournalWorker worker(Task task, Duration pause) {
        var worker = new JournalWorker("test", journal, task, 2, pause);
        workers.add(worker);
        return worker;
    }

    private void note(Journal.Entry entry) {
        carriedOut.add(entry.id() + "#" + entry.attempt());
    }

    private static void fail(Throwable failure) throws IOException, InterruptedException {
        switch (failure) {
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(failure);
        }
    }
}
