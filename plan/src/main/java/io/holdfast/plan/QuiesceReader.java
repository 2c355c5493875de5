package io.holdfast.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads what must rest during a capture: a mode, or a mapping. */
final class QuiesceReader {

    static final List<String> KEYS =
            List.of("mode", "containers", "units", "workloads", "before", "after", "exec-label", "on-error", "limit");

    private QuiesceReader() {}

    /**
     * Reads the key {@code quiesce} of a source.
     *
     * @param ownContainer whether the source has containers of its own that can rest
     */
    static Quiesce read(Fields source, boolean ownContainer, Problems problems) {
        int before = problems.size();
        Quiesce quiesce = source.optional("quiesce", QuiesceReader::quiesce, Quiesce.NONE);
        if (problems.size() > before) {
            return quiesce;
        }
        if (quiesce.mode() != Quiesce.Mode.NONE && quiesce.containers().isEmpty() && !ownContainer) {
            problems.add(
                    Code.CONTRADICTION,
                    source.at("quiesce"),
                    "no container is named that could rest",
                    "Name them: {mode: stop, containers: [...]}");
        }
        return quiesce;
    }

    private static @Nullable Quiesce quiesce(Located at, Problems problems) {
        if (at.node() instanceof ScalarNode) {
            Quiesce.Mode mode = Values.oneOf(Quiesce.Mode.class).read(at, problems);
            return mode == null
                    ? null
                    : new Quiesce(mode, List.of(), List.of(), List.of(), List.of(), List.of(), Quiesce.DEFAULT_LIMIT);
        }
        return Fields.of(at, KEYS, problems)
                .map(fields -> quiesce(fields, problems))
                .orElse(null);
    }

    private static Quiesce quiesce(Fields fields, Problems problems) {
        if (fields.has("containers") && !fields.has("mode")) {
            problems.add(
                    Code.CONTRADICTION,
                    fields.at(),
                    "containers are named, but no mode says what happens to them",
                    "Add mode: stop or mode: pause, or mode: none if they rest for a restore only");
        }
        return new Quiesce(
                fields.optional("mode", Values.oneOf(Quiesce.Mode.class), Quiesce.Mode.NONE),
                fields.optional("containers", Values.list(Values.CONTAINER), List.of()),
                fields.optional("units", Values.list(Values.UNIT), List.of()),
                fields.optional("workloads", Values.list(Values.WORKLOAD), List.of()),
                fields.optional("before", Values::command, List.of()),
                fields.optional("after", Values::command, List.of()),
                fields.optional("exec-label", Values.LABEL_VALUE),
                fields.optional("on-error", Values.oneOf(Quiesce.OnError.class)),
                fields.optional("limit", Values.DURATION, Quiesce.DEFAULT_LIMIT));
    }
}
