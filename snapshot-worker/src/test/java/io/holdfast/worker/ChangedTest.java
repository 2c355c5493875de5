package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backup.Change;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangedTest {

    @Test
    void namesTheFirstFewAndCountsAll() {
        assertThat(Changed.text(changes(1))).contains("1 file changed or vanished while being read: /srv/0");
        assertThat(Changed.text(changes(7)))
                .contains("7 files changed or vanished while being read: /srv/0, /srv/1, /srv/2, /srv/3, /srv/4, …");
        assertThat(Changed.text(changes(0))).isEmpty();
    }

    private static List<Change> changes(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new Change("/srv/" + i, Change.Kind.CHANGED))
                .toList();
    }
}
