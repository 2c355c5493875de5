package io.holdfast.vault.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LivenessTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String HOST = "boot/pid:[4026531836]";
    private static final String CONTAINER = "boot/pid:[4026532001]";
    private static final long GONE = 5;
    private static final long RUNNING = 6;

    @Test
    void believesInTheAgeOfALockFirst() {
        assertThat(stale(HOST, "other", RUNNING, null, Duration.ofMinutes(30))).isFalse();
        assertThat(stale(HOST, "other", RUNNING, null, Duration.ofMinutes(30).plusSeconds(1)))
                .isTrue();
        assertThat(stale(HOST, "other", GONE, null, Duration.ofMinutes(-5))).isFalse();
    }

    @Test
    void asksForTheProcessOfItsOwnHost() {
        assertThat(stale(HOST, "host", GONE, null, Duration.ZERO)).isTrue();
        assertThat(stale(HOST, "host", RUNNING, null, Duration.ZERO)).isFalse();
        assertThat(stale(HOST, "other", GONE, null, Duration.ZERO)).isFalse();
    }

    @Test
    void doesNotAskInAContainerWhoseNameAnotherMayShare() {
        assertThat(stale(CONTAINER, "host", GONE, null, Duration.ofMinutes(29))).isFalse();
        assertThat(stale(CONTAINER, "host", GONE, HOST, Duration.ofMinutes(29))).isFalse();
        assertThat(stale(HOST, "host", GONE, CONTAINER, Duration.ofMinutes(29))).isFalse();
        assertThat(stale(HOST, "host", GONE, "later boot/pid:[4026531836]", Duration.ofMinutes(29)))
                .isFalse();
    }

    @Test
    void asksWhereBothSawTheSameProcesses() {
        assertThat(stale(CONTAINER, "host", GONE, CONTAINER, Duration.ZERO)).isTrue();
        assertThat(stale(CONTAINER, "renamed", GONE, CONTAINER, Duration.ZERO)).isTrue();
        assertThat(stale(CONTAINER, "host", RUNNING, CONTAINER, Duration.ZERO)).isFalse();
    }

    @Test
    void seesThatANumberWasGivenAgain() {
        assertThat(stale(HOST, "host", RUNNING, null, Duration.ofMinutes(20))).isTrue();
    }

    @Test
    void doesNotAskForProcessesThatItMayNotSee() {
        LockFile others = new LockFile(NOW, false, new LockOwner("host", "root", GONE, 0, 0, HOST));
        assertThat(liveness(HOST, 1000).isStale(others, NOW)).isFalse();
        assertThat(liveness(HOST, 0).isStale(others, NOW)).isTrue();
    }

    private static boolean stale(String ownNamespace, String host, long pid, @Nullable String namespace, Duration age) {
        LockFile lock = new LockFile(NOW.minus(age), false, new LockOwner(host, "user", pid, 1000, 1000, namespace));
        return liveness(ownNamespace, 1000).isStale(lock, NOW);
    }

    private static Liveness liveness(String namespace, long uid) {
        ProcessTable processes = pid -> pid == RUNNING ? NOW.minus(Duration.ofMinutes(10)) : null;
        return new Liveness(new LockOwner("host", "user", 1, uid, uid, namespace), processes);
    }
}
