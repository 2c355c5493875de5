package io.holdfast.sources.engine;

import io.holdfast.sources.engine.EngineException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Volumes of an engine; as {@link DockerEngine} says of each. */
final class VolumeCalls {

    private final EngineCalls calls;

    VolumeCalls(EngineCalls calls) {
        this.calls = calls;
    }

    Optional<Volume> volume(String name) throws EngineException {
        Failures.checking(() -> Names.name("volume", name));
        return EngineCalls.ifThere(
                Reason.NO_SUCH_VOLUME,
                () -> calls.call(
                        "look at volume " + name,
                        Reason.NO_SUCH_VOLUME,
                        client ->
                                Inspection.volume(client.inspectVolumeCmd(name).exec())));
    }

    List<Volume> volumes(String... labels) throws EngineException {
        return calls.call("list volumes", Reason.SERVER_ERROR, client -> {
            var list = client.listVolumesCmd();
            var answer = (labels.length == 0 ? list : list.withFilter("label", List.of(labels))).exec();
            List<Volume> volumes = new ArrayList<>();
            for (var each : Optional.ofNullable(answer.getVolumes()).orElse(List.of())) {
                volumes.add(Inspection.volume(each));
            }
            volumes.sort((a, b) -> a.name().compareTo(b.name()));
            return volumes;
        });
    }

    Volume create(String name, Map<String, String> labels) throws EngineException {
        String what = "create volume " + name;
        if (volume(name).isPresent()) {
            throw calls.failures().conflict(what, "there is one of that name");
        }
        calls.call(
                what,
                Reason.SERVER_ERROR,
                client -> client.createVolumeCmd()
                        .withName(name)
                        .withLabels(labels)
                        .exec());
        return volume(name).orElseThrow(() -> calls.failures().lost(what, "it is not there afterwards"));
    }

    void remove(String name) throws EngineException {
        Failures.checking(() -> Names.name("volume", name));
        calls.call(
                "remove volume " + name,
                Reason.NO_SUCH_VOLUME,
                client -> client.removeVolumeCmd(name).exec());
    }
}
