package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.ComponentId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ComponentLeasesTest {

    private static final ComponentId DB = new ComponentId("shop", "db");
    private static final ComponentId WEB = new ComponentId("shop", "web");

    @TempDir
    private Path directory;

    private ComponentLeases leases;

    @BeforeEach
    void leases() throws IOException {
        leases = new ComponentLeases(new SiteSettings("here", directory, Duration.ofSeconds(5)));
    }

    @Test
    void givesSeveralToOneAtATimeInWhateverOrderTheyAreAskedFor() throws Exception {
        var users = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 200; i++) {
            List<ComponentId> wanted = i % 2 == 0 ? List.of(DB, WEB, DB) : List.of(WEB, DB);
            users.add(() -> {
                leases.takeAll(wanted).close();
                return true;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> user : threads.invokeAll(users)) {
                assertThat(user.get()).isTrue();
            }
        }
        leases.take(DB).close();
        leases.take(WEB).close();
    }

    @Test
    void givesAComponentToOneAtATime() throws Exception {
        var other = new ComponentLeases(
                new SiteSettings("here", directory.resolve("../" + directory.getFileName()), Duration.ofSeconds(5)));
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var users = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 400; i++) {
            ComponentLeases mine = i % 2 == 0 ? leases : other;
            users.add(() -> {
                try (var _ = mine.take(DB)) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                }
                return true;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> user : threads.invokeAll(users)) {
                assertThat(user.get()).isTrue();
            }
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void doesNotMixComponentsUp() throws Exception {
        try (var _ = leases.take(DB);
                var _ = leases.take(WEB)) {
            assertThat(directory.resolve("leases/shop/db.lock")).exists();
        }
    }

    @Test
    void isFreeAgainWhenItsHolderFails() throws Exception {
        assertThatThrownBy(() -> {
                    try (var _ = leases.take(DB)) {
                        throw new IllegalStateException("in the middle");
                    }
                })
                .isInstanceOf(IllegalStateException.class);

        leases.take(DB).close();
    }

    @Test
    void isReleasedOnceHoweverOftenItIsClosed() throws Exception {
        ComponentLeases.Lease first = leases.take(DB);
        first.close();
        first.close();

        try (var _ = leases.take(DB)) {
            Thread second = startedToTake(new CountDownLatch(1));
            await().until(() -> second.getState() == Thread.State.WAITING);
            second.interrupt();
            second.join();
        }
    }

    @Test
    void canBeWaitedForByOneWhoIsInterrupted() throws Exception {
        var interrupted = new CountDownLatch(1);
        try (var _ = leases.take(DB)) {
            Thread waiting = startedToTake(interrupted);
            await().until(() -> waiting.getState() == Thread.State.WAITING);
            waiting.interrupt();
            waiting.join();
        }
        assertThat(interrupted.getCount()).isZero();
        leases.take(DB).close();
    }

    @Test
    @Timeout(90)
    void isHeldAgainstOtherProcessesAndEndsWithItsHolder() throws Exception {
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(holder.getInputStream().read()).isEqualTo(Holder.HELD);
            var interrupted = new CountDownLatch(1);
            Thread waiting = startedToTake(interrupted);
            await().until(() -> waiting.getState() == Thread.State.RUNNABLE && isLocking(waiting));
            waiting.interrupt();
            waiting.join();
            assertThat(interrupted.getCount()).isZero();
        } finally {
            holder.destroyForcibly();
        }
        leases.take(DB).close();
    }

    private static boolean isLocking(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("lock0"));
    }

    /** Takes the lease, says so, and holds it until it is killed. */
    static final class Holder {

        static final int HELD = 'h';

        private Holder() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            var site = new SiteSettings("here", Path.of(arguments[0]), Duration.ofSeconds(5));
            try (var _ = new ComponentLeases(site).take(DB)) {
                System.out.write(HELD);
                System.out.flush();
                new CountDownLatch(1).await();
            }
        }
    }

    private Thread startedToTake(CountDownLatch interrupted) {
        return Thread.ofPlatform().start(() -> take(interrupted));
    }

    private void take(CountDownLatch interrupted) {
        try (var lease = leases.take(DB)) {
            assertThat(lease).isNotNull();
        } catch (InterruptedException e) {
            interrupted.countDown();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
