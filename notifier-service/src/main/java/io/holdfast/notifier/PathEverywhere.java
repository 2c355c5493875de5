package io.holdfast.notifier;

import io.holdfast.events.PlanRecord.EscalationPlanned;
import io.holdfast.events.Received;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Subjects go to their partition; the escalation path goes to all, so that every task has its own copy of it. */
final class PathEverywhere implements StreamPartitioner<String, Received> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, Received value, int partitions) {
        return key.equals(EscalationPlanned.KEY)
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }
}
