package io.holdfast.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecoveryPointIdTest {

    private static final Instant DUE = Instant.parse("2026-01-31T02:00:00Z");

    @Test
    void tellsTheInstantItWasMadeFor() {
        assertThat(RecoveryPointId.scheduled("shop", DUE).stamp()).contains(DUE);
        assertThat(RecoveryPointId.onDemand("my-shop", DUE, "a1-b2").stamp()).contains(DUE);
    }

    @Test
    void tellsNothingOfAnIdMadeOtherwise() {
        assertThat(new RecoveryPointId("before-upgrade").stamp()).isEmpty();
        assertThat(new RecoveryPointId("shop-20261399T020000Z").stamp()).isEmpty();
    }
}
