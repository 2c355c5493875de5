package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.ComponentId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        leases = new ComponentLeases(new SiteSettings("here", directory, Duration.ofSeconds(5), List.of()));
    }

    @Test
    void givesAllOrNone() throws Exception {
        try (var _ = leases.take(List.of(WEB))) {
            assertInUse(leases, "shop/web", DB, WEB);
            leases.take(List.of(DB)).close();
        }
        leases.take(List.of(WEB, DB, WEB)).close();
    }

    @Test
    void givesAComponentToOneAtATime() throws Exception {
        var other = new ComponentLeases(new SiteSettings(
                "here", directory.resolve("../" + directory.getFileName()), Duration.ofSeconds(5), List.of()));
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var users = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 400; i++) {
            ComponentLeases mine = i % 2 == 0 ? leases : other;
            users.add(() -> {
                try (var _ = mine.take(List.of(DB))) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    return true;
                } catch (InUse _) {
                    return false;
                }
            });
        }
        int taken = 0;
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> user : threads.invokeAll(users)) {
                taken += user.get() ? 1 : 0;
            }
        }
        assertThat(most).hasValue(1);
        assertThat(taken).isPositive();
        other.take(List.of(DB)).close();
    }

    @Test
    void doesNotMixComponentsUp() throws Exception {
        try (var _ = leases.take(List.of(DB));
                var _ = leases.take(List.of(WEB))) {
            assertThat(directory.resolve("leases/shop/db.lock")).exists();
        }
    }

    @Test
    void isFreeAgainWhenItsHolderFails() throws Exception {
        assertThatThrownBy(() -> {
                    try (var _ = leases.take(List.of(DB))) {
                        throw new IllegalStateException("in the middle");
                    }
                })
                .isInstanceOf(IllegalStateException.class);

        leases.take(List.of(DB)).close();
    }

    @Test
    void isReleasedOnceHoweverOftenItIsClosed() throws Exception {
        ComponentLeases.Lease first = leases.take(List.of(DB));
        first.close();
        first.close();

        try (var _ = leases.take(List.of(DB))) {
            assertInUse(leases, "shop/db", DB);
        }
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
            assertInUse(leases, "shop/db", DB);
            assertInUse(leases, "shop/db", DB);
        } finally {
            holder.destroyForcibly();
        }
        holder.waitFor();
        leases.take(List.of(DB)).close();
    }

    private static void assertInUse(ComponentLeases leases, String what, ComponentId... wanted) {
        assertThatThrownBy(() -> leases.take(List.of(wanted)).close())
                .isInstanceOf(InUse.class)
                .hasMessage(what);
    }

    /** Takes the lease, says so, and holds it until it is killed. */
    static final class Holder {

        static final int HELD = 'h';

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            var site = new SiteSettings("here", Path.of(arguments[0]), Duration.ofSeconds(5), List.of());
            try (var _ = new ComponentLeases(site).take(List.of(DB))) {
                System.out.write(HELD);
                System.out.flush();
                new CountDownLatch(1).await();
            }
        }
    }
}
