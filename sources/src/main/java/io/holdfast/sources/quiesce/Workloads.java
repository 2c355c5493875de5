package io.holdfast.sources.quiesce;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.Resting.OfWorkload;
import io.holdfast.sources.quiesce.Resting.Rest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kubernetes deployments and stateful sets, scaled to zero and back through {@code kubectl}, which must be allowed to get
 * and scale them and to list pods.
 */
final class Workloads implements Keeper<OfWorkload> {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final Programs programs;
    private final Duration patience;
    private final Duration pause;

    /**
     * Creates a keeper.
     *
     * @param patience how long pods may take to go, and to come back
     * @param pause between two looks
     */
    Workloads(Programs programs, Duration patience, Duration pause) {
        this.programs = programs;
        this.patience = patience;
        this.pause = pause;
    }

    @Override
    public OfWorkload look(String name, Purpose purpose) throws IOException {
        JsonNode found = get(name)
                .orElseThrow(() -> new SourceException(
                        "HF-Q20",
                        "There is no workload '%s' in the cluster. Nothing was touched. Correct its name in the plan, or deploy it."
                                .formatted(name)));
        int replicas = replicas(found);
        return new OfWorkload(name, uid(found), replicas, ready(found), replicas == 0 ? Rest.NONE : Rest.STOP);
    }

    @Override
    public String handle(OfWorkload workload) {
        return workload.name();
    }

    @Override
    public void rest(OfWorkload workload) throws IOException {
        if (workload.rest() == Rest.STOP) {
            scale(workload, 0);
            JsonNode found = get(workload.name()).orElseThrow(() -> new IOException("it is not there any more"));
            String selector = selector(found);
            waitUntil(
                    "its pods have not ended",
                    () -> kubectl(workload.name(), "get", "pods", "--selector=" + selector, "--output=name")
                            .isBlank());
        }
    }

    @Override
    public Optional<String> bringBack(OfWorkload workload, boolean touch) throws IOException {
        Optional<JsonNode> found = get(workload.name());
        if (found.isEmpty() || !uid(found.get()).equals(workload.uid())) {
            return Optional.of("%s was removed meanwhile".formatted(workload.title()));
        }
        if (replicas(found.get()) != 0) {
            return Optional.of("%s was scaled up by somebody else meanwhile".formatted(workload.title()));
        }
        if (touch && workload.rest() == Rest.STOP) {
            scale(workload, workload.replicas());
            waitUntil(
                    "it has fewer pods ready than before",
                    () -> get(workload.name())
                            .filter(now -> ready(now) < Math.min(workload.ready(), workload.replicas()))
                            .isEmpty());
        }
        return Optional.empty();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void waitUntil(String otherwise, Condition condition) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("%s after %d s".formatted(otherwise, patience.toSeconds()));
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for pods");
            }
        }
    }

    private void scale(OfWorkload workload, int replicas) throws IOException {
        kubectl(workload.name(), "scale", "--replicas=" + replicas, object(workload.name()));
    }

    private Optional<JsonNode> get(String name) throws IOException {
        String json = kubectl(name, "get", "--ignore-not-found", "--output=json", object(name));
        if (json.isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode found = JSON.readTree(json);
            if (uid(found).isEmpty() || !found.at("/spec/replicas").isInt()) {
                throw new IOException("kubectl does not say which workload %s is, and how large".formatted(name));
            }
            return Optional.of(found);
        } catch (JacksonException e) {
            throw new IOException("what kubectl says of %s is no JSON".formatted(name), e);
        }
    }

    private static String uid(JsonNode workload) {
        return workload.at("/metadata/uid").asString("");
    }

    private static int replicas(JsonNode workload) {
        return workload.at("/spec/replicas").asInt(0);
    }

    private static int ready(JsonNode workload) {
        return workload.at("/status/readyReplicas").asInt(0);
    }

    private static String selector(JsonNode workload) {
        return workload.at("/spec/selector/matchLabels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asString(""))
                .collect(Collectors.joining(","));
    }

    private static String object(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private String kubectl(String name, String... arguments) throws IOException {
        var argv = new ArrayList<>(List.of("kubectl", "--namespace=" + name.substring(0, name.indexOf('/'))));
        argv.addAll(List.of(arguments));
        return programs.run(argv, LIMIT);
    }
}
