package io.holdfast.notifier;

import io.holdfast.events.PlanRecord.Contact;
import io.holdfast.events.PlanRecord.EscalationPlanned;
import io.holdfast.events.PlanRecord.Level;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom to tell, step by step.
 *
 * @param steps in order, each with at least one address
 */
record EscalationPath(List<Level> steps, List<Contact> contacts) {

    static EscalationPath nobody() {
        return new EscalationPath(List.of(), List.of());
    }

    static EscalationPath of(@Nullable EscalationPlanned planned) {
        return planned == null
                ? nobody()
                : new EscalationPath(
                        planned.levels().stream()
                                .filter(level -> !level.addresses().isEmpty())
                                .sorted(Comparator.comparingInt(Level::level))
                                .toList(),
                        planned.contacts());
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    boolean hasStep(int step) {
        return step < steps.size();
    }

    Level step(int step) {
        return steps.get(step);
    }
}
