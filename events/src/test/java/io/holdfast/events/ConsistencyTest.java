package io.holdfast.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsistencyTest {

    @Property
    void readsBackWhatItWrote(@ForAll Consistency consistency) {
        assertThat(Consistency.ofWire(consistency.wire())).contains(consistency);
    }

    @Test
    void isCrashConsistentInAllIfOneIs() {
        assertThat(Consistency.ofAll(Arrays.asList(Consistency.AT_REST, null, Consistency.CRASH_CONSISTENT)))
                .contains(Consistency.CRASH_CONSISTENT);
    }

    @Test
    void isAsGoodAsTheWeakest() {
        assertThat(Consistency.ofAll(Arrays.asList(Consistency.AT_REST, Consistency.APPLICATION_CONSISTENT)))
                .contains(Consistency.AT_REST);
    }

    @Test
    void isNotKnownWhereOneIsNot() {
        assertThat(Consistency.ofAll(Arrays.<@Nullable Consistency>asList(Consistency.AT_REST, null)))
                .isEmpty();
        assertThat(Consistency.ofAll(Arrays.asList())).isEmpty();
    }
}
