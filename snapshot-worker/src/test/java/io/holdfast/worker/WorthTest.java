package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.Consistency;
import io.holdfast.events.SnapshotKind;
import io.holdfast.sources.component.Content.Given;
import io.holdfast.vault.backup.Change;
import io.holdfast.vault.feedback.Problem;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorthTest {

    private static final Problem UNREADABLE = new Problem("/srv/a", "cannot be opened");
    private static final Change CHANGED = new Change("/srv/b", Change.Kind.CHANGED);
    private static final Change VANISHED = new Change("/srv/c", Change.Kind.VANISHED);

    @Property
    void neverCountsWhatLacksSomething(@ForAll Given given, @ForAll boolean rested, @ForAll boolean changed) {
        assertThat(Worth.of(given, rested, List.of(UNREADABLE), changed ? List.of(CHANGED) : List.of()))
                .isEqualTo(incomplete());
    }

    @Test
    void countsWhatChangedOrVanishedWhileNothingRestedAsAfterAPowerCut() {
        assertThat(worth(Given.AS_IT_LIES, false, CHANGED)).isEqualTo(good(Consistency.CRASH_CONSISTENT));
        assertThat(worth(Given.AS_IT_LIES, false, VANISHED)).isEqualTo(good(Consistency.CRASH_CONSISTENT));
    }

    @Test
    void doesNotCountWhatChangedThoughItRested() {
        assertThat(worth(Given.AS_IT_LIES, true, CHANGED)).isEqualTo(incomplete());
        assertThat(worth(Given.AS_IT_LIES, true, VANISHED)).isEqualTo(incomplete());
    }

    @Test
    void saysOfWhatRestedThatItIsOfOneMoment() {
        assertThat(worth(Given.AS_IT_LIES, true)).isEqualTo(good(Consistency.AT_REST));
    }

    @Test
    void saysNothingOfWhatMayHaveWritersThatAreNotKnown() {
        assertThat(worth(Given.AS_IT_LIES, false)).isEqualTo(good(null));
    }

    @Property
    void takesWhatIsBeingWrittenForNoBetterThanAfterAPowerCut(@ForAll boolean rested, @ForAll boolean changed) {
        assertThat(changed ? worth(Given.BEING_WRITTEN, rested, CHANGED) : worth(Given.BEING_WRITTEN, rested))
                .isEqualTo(good(Consistency.CRASH_CONSISTENT));
    }

    @Property
    void trustsTheApplicationThatHandsOutOneState(@ForAll boolean rested) {
        assertThat(worth(Given.AS_ONE_STATE, rested)).isEqualTo(good(Consistency.APPLICATION_CONSISTENT));
    }

    private static Worth worth(Given given, boolean rested, Change... changes) {
        return Worth.of(given, rested, List.of(), List.of(changes));
    }

    private static Worth good(@Nullable Consistency consistency) {
        return new Worth(SnapshotKind.REGULAR, consistency);
    }

    private static Worth incomplete() {
        return new Worth(SnapshotKind.INCOMPLETE, null);
    }
}
