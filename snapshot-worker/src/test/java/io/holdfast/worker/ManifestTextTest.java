package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.Consistency;
import io.holdfast.events.RecoveryPointId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManifestTextTest {

    private static final Instant MOMENT = Instant.parse("2026-11-21T02:00:05.123Z");

    @Test
    void saysWhichComponentsAreOfOneMoment() {
        String text = text(part("cache", MOMENT), part("dump", MOMENT.plusSeconds(1)), part("files", MOMENT));

        assertThat(text).contains("Captured together, of one moment (2026-11-21T02:00:05.123Z): cache, files\n");
    }

    @Test
    void saysNothingOfOneMomentWhereEachHasItsOwn() {
        assertThat(text(part("cache", MOMENT), part("files", MOMENT.plusNanos(1))))
                .doesNotContain("together");
    }

    @Test
    void doesNotSayOfOneMomentWhatWasWrittenToWhileItWasRead() {
        String text =
                text(part("cache", MOMENT), part("files", MOMENT), part("logs", MOMENT, Consistency.CRASH_CONSISTENT));

        assertThat(text).contains("Captured together, of one moment (2026-11-21T02:00:05.123Z): cache, files\n");
    }

    private static String text(Manifest.Part... parts) {
        return ManifestText.of(new Manifest(
                Manifest.FORMAT,
                "shop",
                new RecoveryPointId("shop-1"),
                null,
                MOMENT,
                true,
                null,
                MOMENT,
                "here",
                "holdfast",
                "/vault",
                List.of(parts),
                List.of()));
    }

    private static Manifest.Part part(String component, Instant takenAt) {
        return part(component, takenAt, null);
    }

    private static Manifest.Part part(String component, Instant takenAt, @Nullable Consistency consistency) {
        return new Manifest.Part(
                component, "files", "b", "ab".repeat(32), null, takenAt, null, 1, 1, null, consistency, null, null);
    }
}
