package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PlanArrivalTest {

    @Test
    void startsOnceThePlanHasArrived() {
        var asked = new AtomicInteger();
        var arrival = new PlanArrival(_ -> asked.incrementAndGet() == 3);

        arrival.start();

        assertThat(asked).hasValue(3);
        assertThat(arrival.isRunning()).isTrue();
    }

    @Test
    void endsItsWaitWhenItIsStopped() throws InterruptedException {
        var arrival = new PlanArrival(_ -> false);
        Thread start = Thread.ofPlatform().start(arrival::start);
        while (!arrival.isRunning()) {
            Thread.onSpinWait();
        }

        arrival.stop();

        start.join();
        assertThat(arrival.isRunning()).isFalse();
    }
}
