package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackupMemoryTest {

    private static final Share LARGE = new Share(2, 3);

    /** Has room for two small ones beside a large one. */
    private final BackupMemory memory = new BackupMemory(new Budget(LARGE.size() + 2 * Share.SMALL.size(), LARGE));

    @Test
    void givesTheFirstALargeShareAndThoseBesideItSmallOnes() throws IOException {
        try (var first = memory.take();
                var second = memory.take();
                var third = memory.take()) {
            assertThat(first.share()).isEqualTo(LARGE);
            assertThat(second.share()).isEqualTo(Share.SMALL);
            assertThat(third.share()).isEqualTo(Share.SMALL);
        }
    }

    @Test
    void givesALargeShareAgainOnceAllHaveBeenGivenBack() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (var first = memory.take()) {
                assertThat(first.share()).isEqualTo(LARGE);
                memory.take().close();
            }
        }
    }

    @Test
    void takesAShareBackOnce() throws Exception {
        memory.take();
        BackupMemory.Taken second = memory.take();
        memory.take();
        second.close();
        second.close();
        memory.take();

        new Waiting(memory).thread.interrupt();
    }

    @Test
    void letsThoseThatFindNoRoomWaitInOrder() throws Exception {
        memory.take();
        BackupMemory.Taken second = memory.take();
        BackupMemory.Taken third = memory.take();
        var fourth = new Waiting(memory);
        var fifth = new Waiting(memory);

        second.close();
        assertThat(fourth.taken.get().share()).isEqualTo(Share.SMALL);
        fifth.awaitWaiting();
        third.close();
        assertThat(fifth.taken.get().share()).isEqualTo(Share.SMALL);
    }

    @Test
    void givesOneThatWaitedWhatIsFreeByThen() throws Exception {
        var narrow = new BackupMemory(new Budget(LARGE.size(), LARGE));
        var first = narrow.take();
        var second = new Waiting(narrow);

        first.close();

        assertThat(second.taken.get().share()).isEqualTo(LARGE);
    }

    @Test
    void losesNothingToOneThatIsInterruptedWhileItWaits() throws Exception {
        var narrow = new BackupMemory(new Budget(LARGE.size(), LARGE));
        try (var _ = narrow.take()) {
            var second = new Waiting(narrow);
            second.thread.interrupt();
            assertThatThrownBy(second.taken::get).hasCauseInstanceOf(InterruptedIOException.class);
        }
        assertThat(narrow.take().share()).isEqualTo(LARGE);
    }

    /** Takes a share in a thread of its own, which waits by now. */
    private static final class Waiting {

        final FutureTask<BackupMemory.Taken> taken;
        final Thread thread;

        Waiting(BackupMemory from) {
            taken = new FutureTask<>(from::take);
            thread = Thread.ofVirtual().start(taken);
            awaitWaiting();
        }

        void awaitWaiting() {
            Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
        }
    }
}
