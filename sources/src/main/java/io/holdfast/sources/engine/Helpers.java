package io.holdfast.sources.engine;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BindOptions;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.VolumeOptions;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.holdfast.sources.engine.EngineException.Reason;
import java.util.List;
import java.util.Map;

/** Helper containers: made, found and removed. */
final class Helpers {

    private final EngineCalls calls;

    Helpers(EngineCalls calls) {
        this.calls = calls;
    }

    ContainerId create(String image, List<HelperMount> mounts, List<String> argv) throws EngineException {
        String what = "create a helper container of image " + image;
        String id = calls.call(what, Reason.NO_SUCH_IMAGE, client -> {
            CreateContainerCmd create = client.createContainerCmd(image)
                    .withEntrypoint(argv.getFirst())
                    .withCmd(argv.subList(1, argv.size()))
                    .withUser("0")
                    .withLabels(Map.of(DockerEngine.HELPER_LABEL, "true"))
                    .withNetworkDisabled(true)
                    .withHostConfig(HostConfig.newHostConfig()
                            .withNetworkMode("none")
                            .withSecurityOpts(List.of("no-new-privileges"))
                            .withLogConfig(new LogConfig(LoggingType.JSON_FILE))
                            .withRestartPolicy(RestartPolicy.noRestart())
                            .withMounts(mounts.stream().map(Helpers::mount).toList()));
            return create.exec().getId();
        });
        return new ContainerId(id);
    }

    private static Mount mount(HelperMount mount) {
        return switch (mount) {
            case HelperMount.OfVolume(var volume, var destination, var readOnly) ->
                new Mount()
                        .withType(MountType.VOLUME)
                        .withSource(volume)
                        .withTarget(destination)
                        .withReadOnly(readOnly)
                        .withVolumeOptions(new VolumeOptions().withNoCopy(true));
            case HelperMount.OfHostPath(var source, var destination, var readOnly) ->
                new Mount()
                        .withType(MountType.BIND)
                        .withSource(source)
                        .withTarget(destination)
                        .withReadOnly(readOnly)
                        .withBindOptions(new BindOptions());
        };
    }

    HelperRun ended(ContainerId id, int exitStatus) throws EngineException {
        String what = "read what helper container %s printed".formatted(id);
        return calls.call(what, Reason.NO_SUCH_CONTAINER, _ -> {
            Request request = Request.builder()
                    .method(Request.Method.GET)
                    .path("/containers/%s/logs?stdout=1&stderr=1".formatted(id))
                    .build();
            try (Response response = calls.http().execute(request)) {
                if (response.getStatusCode() != 200) {
                    throw calls.failures()
                            .answered(
                                    what,
                                    Reason.NO_SUCH_CONTAINER,
                                    response.getStatusCode(),
                                    Failures.body(response.getBody()));
                }
                var stdout = new Tail(HelperRun.KEPT);
                var stderr = new Tail(HelperRun.KEPT);
                new Frames(response.getBody(), stderr, how -> calls.failures().lost(what, how)).transferTo(stdout);
                return new HelperRun(exitStatus, stdout.text(), stderr.text());
            }
        });
    }

    void remove(ContainerId id) throws EngineException {
        calls.call("remove helper container " + id, Reason.NO_SUCH_CONTAINER, client -> {
            try {
                client.removeContainerCmd(id.hex())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException _) {
                // It is gone, as it should be.
            }
            return true;
        });
    }
}
