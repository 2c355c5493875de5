package io.holdfast.scheduler;

import io.holdfast.events.Request.RecoveryPointRequested;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why a recovery point that someone asked for is not opened, for an operator. */
record Refusal(String code, String message) {

    /** So that no backup's id, made of this and a component's name, grows too long. */
    private static final int LONGEST_ID = 136;

    /** Empty if the request can be carried out by a stack of these components. */
    static Optional<Refusal> of(RecoveryPointRequested request, Set<String> planned, int room, Instant now) {
        List<String> unknown = request.components().stream()
                .filter(component -> !planned.contains(component))
                .toList();
        int wanted = request.components().isEmpty()
                ? planned.size()
                : request.components().size();
        if (!now.isBefore(request.expires())) {
            return expired(request, now);
        }
        if (planned.isEmpty()) {
            return unknownStack(request);
        }
        if (!unknown.isEmpty()) {
            return unknownComponents(request, unknown, planned);
        }
        if (request.recoveryPoint().value().length() > LONGEST_ID) {
            return tooLong(request);
        }
        return wanted > room ? tooMuch(request) : Optional.empty();
    }

    private static Optional<Refusal> expired(RecoveryPointRequested request, Instant now) {
        return refusal(
                "HF-B01",
                "The request for a recovery point of stack '%s' was to be carried out by %s and was read at %s. No backup was started and nothing was changed. Ask again: holdfast backup %s"
                        .formatted(request.stack(), request.expires(), now, request.stack()));
    }

    private static Optional<Refusal> unknownStack(RecoveryPointRequested request) {
        return refusal(
                "HF-B02",
                "The plan has no stack '%s'. No backup was started and nothing was changed. See what is protected with: holdfast status. Correct the name, or publish a plan that has the stack."
                        .formatted(request.stack()));
    }

    private static Optional<Refusal> unknownComponents(
            RecoveryPointRequested request, List<String> unknown, Set<String> planned) {
        return refusal(
                "HF-B03",
                "The stack '%s' has no component '%s'. No backup was started and nothing was changed. Its components are: %s. Correct the name, or publish a plan that has the component."
                        .formatted(
                                request.stack(),
                                String.join("', '", unknown.stream().limit(10).toList()),
                                String.join(", ", planned.stream().limit(50).toList())));
    }

    private static Optional<Refusal> tooLong(RecoveryPointRequested request) {
        return refusal(
                "HF-B04",
                "The id of the recovery point asked for of stack '%s' has %d characters. No backup was started and nothing was changed. Ask again with an id of at most %d."
                        .formatted(
                                request.stack(), request.recoveryPoint().value().length(), LONGEST_ID));
    }

    private static Optional<Refusal> tooMuch(RecoveryPointRequested request) {
        return refusal(
                "HF-B05",
                "The stack '%s' still has too many backups or manifests under way. No further backup was started; those under way go on. See whether its site is up with: holdfast status. Ask again when some are done."
                        .formatted(request.stack()));
    }

    private static Optional<Refusal> refusal(String code, String message) {
        return Optional.of(new Refusal(code, message));
    }
}
