package io.holdfast.console.view;

import java.time.Duration;

/** Whether the views have seen what was on the topics when the console started. Before that they tell half the truth. */
@FunctionalInterface
public interface Readiness {

    /** Waits until the views are ready, at most for the given time. */
    boolean await(Duration limit);
}
