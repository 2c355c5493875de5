package io.holdfast.worker;

import io.holdfast.events.Consistency;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.ManifestRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a recovery point holds and how it is brought back, as the vault keeps it: for programs as JSON, for people as {@link
 * ManifestText}.
 *
 * @param format of this document; a reader refuses a higher one
 * @param vault where it was written; a copy lies in every region
 * @param consistency how far its snapshots belong together; null where not all of them say
 * @param missing components that have no snapshot in it
 */
record Manifest(
        int format,
        String stack,
        RecoveryPointId recoveryPoint,
        @Nullable String name,
        Instant due,
        boolean complete,
        @Nullable Consistency consistency,
        Instant writtenAt,
        String site,
        String program,
        String vault,
        List<Part> components,
        List<String> missing) {

    static final int FORMAT = 1;

    Manifest {
        components = List.copyOf(components);
        missing = List.copyOf(missing);
    }

    /**
     * One component.
     *
     * @param kind of its source
     * @param snapshot SHA-256 of the snapshot's file, and its id
     * @param tree SHA-256 of the list of everything below it, which names each file's content by its SHA-256
     * @param bytes before deduplication
     * @param added bytes that the vault grew by
     * @param consistency null where it does not say
     * @param program that took it
     * @param byHand what to do with the files of the snapshot where there is no Holdfast
     */
    record Part(
            String component,
            @Nullable String kind,
            String backup,
            String snapshot,
            @Nullable String tree,
            Instant takenAt,
            @Nullable Duration took,
            long files,
            long bytes,
            @Nullable Long added,
            @Nullable Consistency consistency,
            @Nullable String program,
            @Nullable String byHand) {}

    /**
     * Which components have snapshots of one moment, by that moment: only what rested together has, and nothing that was
     * written to all the same.
     */
    SortedMap<Instant, List<String>> capturedTogether() {
        SortedMap<Instant, List<String>> moments = components.stream()
                .filter(part -> part.consistency() != Consistency.CRASH_CONSISTENT)
                .collect(Collectors.groupingBy(
                        Part::takenAt, TreeMap::new, Collectors.mapping(Part::component, Collectors.toList())));
        moments.values().removeIf(names -> names.size() == 1);
        return moments;
    }

    static Manifest of(
            ManifestRequested request,
            @Nullable Consistency consistency,
            Instant writtenAt,
            String site,
            String program,
            String vault,
            List<Part> parts) {
        return new Manifest(
                FORMAT,
                request.stack(),
                request.recoveryPoint(),
                request.name(),
                request.due(),
                request.complete(),
                consistency,
                writtenAt,
                site,
                program,
                vault,
                parts,
                request.missing());
    }
}
