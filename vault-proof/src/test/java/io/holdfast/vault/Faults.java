package io.holdfast.vault;

import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.Trigger;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

/** Every call to a place, going wrong in each way that its kind can: once, and where it fails loudly also from then on. */
final class Faults {

    /** Other bytes than were stored or asked for, and nobody is told. */
    static final List<Fault> SILENT = List.of(new Fault.Truncated(33), new Fault.FlippedBit(261));

    private static final Fault UNREACHABLE = new Fault.Failure(Kind.UNREACHABLE);
    private static final Fault ANSWER_LOST = new Fault.AnswerLost(Kind.UNREACHABLE);

    interface Attempt {
        /** Does it with that fault and judges what became of it; whether there was such a call at all. */
        boolean strikes(Trigger trigger, Fault fault) throws IOException;
    }

    private Faults() {}

    /** Tries them all; gives their number. */
    static int each(Attempt attempt) throws IOException {
        int tried = 0;
        for (Operation operation : Operation.values()) {
            for (FileType type : FileType.values()) {
                tried += each(attempt, operation, type);
            }
        }
        return tried;
    }

    private static int each(Attempt attempt, Operation operation, FileType type) throws IOException {
        Trigger trigger = Trigger.of(operation, type);
        int calls = calls(attempt, trigger::onCall, UNREACHABLE);
        if (calls == 0) {
            return 0;
        }
        int tried = calls + calls(attempt, trigger::fromCall, UNREACHABLE);
        for (Fault fault : othersOf(operation)) {
            tried += calls(attempt, trigger::onCall, fault);
        }
        return tried;
    }

    private static int calls(Attempt attempt, IntFunction<Trigger> at, Fault fault) throws IOException {
        int calls = 0;
        while (attempt.strikes(at.apply(calls + 1), fault)) {
            calls++;
        }
        return calls;
    }

    /** Adds the fault; tells, later, whether it has struck. */
    static AtomicBoolean arm(FaultyBackend faulty, Trigger trigger, Fault fault) {
        AtomicBoolean struck = new AtomicBoolean();
        faulty.on(trigger, new Fault.Before(() -> struck.set(true))).on(trigger, fault);
        return struck;
    }

    static boolean storesOtherBytes(Trigger trigger, Fault fault) {
        return trigger.operation() == Operation.STORE && SILENT.contains(fault);
    }

    private static List<Fault> othersOf(Operation operation) {
        return switch (operation) {
            case STORE -> List.of(new Fault.Failure(Kind.FULL), ANSWER_LOST, SILENT.getFirst(), SILENT.getLast());
            case LOAD -> List.of(new Fault.Failure(Kind.NOT_FOUND), SILENT.getFirst(), SILENT.getLast());
            case LIST -> List.of(new Fault.PartialListing(1));
            case DELETE -> List.of(new Fault.Failure(Kind.DENIED), ANSWER_LOST);
            case SIZE, RETAIN -> List.of();
        };
    }
}
