package io.holdfast.sources.engine;

import com.github.dockerjava.api.model.Version;
import io.holdfast.sources.engine.EngineException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Docker engine. Connects when it is first asked for something; safe for use by many threads.
 *
 * <p>Every failure is an {@link EngineException}, a malformed name too. Calls that look or switch are given up after a
 * minute. Interrupting a thread ends whatever it does here.
 */
public final class DockerEngine implements Closeable {

    /** Marks helper containers. */
    public static final String HELPER_LABEL = "io.holdfast.helper";

    private static final Duration LONGEST_STOP = Duration.ofMinutes(10);

    private final EngineCalls calls;
    private final ContainerCalls containers;
    private final VolumeCalls volumes;
    private final ExecCalls execs;
    private final Archives archives;
    private final Helpers helpers;

    private DockerEngine(EngineAddress address) {
        calls = new EngineCalls(address);
        containers = new ContainerCalls(calls);
        volumes = new VolumeCalls(calls);
        execs = new ExecCalls(calls);
        archives = new Archives(calls);
        helpers = new Helpers(calls);
    }

    /**
     * Where DOCKER_HOST says, with TLS if DOCKER_TLS_VERIFY and DOCKER_CERT_PATH say so; otherwise at
     * {@code /var/run/docker.sock}. Nothing is connected yet; variables that make no sense fail with BAD_NAME whoever
     * asks for something of the engine, and nobody else.
     *
     * @param environment {@link System#getenv()}
     */
    public static DockerEngine fromEnvironment(Map<String, String> environment) {
        return new DockerEngine(EngineAddress.of(environment));
    }

    /** Where it listens, for messages. */
    public String address() {
        return calls.address().toString();
    }

    public void ping() throws EngineException {
        calls.call("ping", Reason.SERVER_ERROR, client -> client.pingCmd().exec());
    }

    public EngineVersion version() throws EngineException {
        Version version = calls.call(
                "ask for the version",
                Reason.SERVER_ERROR,
                client -> client.versionCmd().exec());
        return new EngineVersion(String.valueOf(version.getVersion()), String.valueOf(version.getApiVersion()));
    }

    /**
     * The container of exactly this name, or of exactly this full id, or the only one of a label; empty if there is none. The
     * beginning of an id never counts, so that a name which looks like one cannot choose another container.
     *
     * @param named name, full id, {@code label:KEY=VALUE}, or {@code compose:PROJECT/SERVICE}
     * @throws EngineException BAD_NAME also if several have the label
     */
    public Optional<Container> container(String named) throws EngineException {
        List<Container> found = named(named);
        if (found.size() > 1) {
            throw new EngineException(
                    Reason.BAD_NAME,
                    "'%s' is %d containers: %s"
                            .formatted(
                                    Printable.of(named),
                                    found.size(),
                                    String.join(
                                            ", ",
                                            found.stream().map(Container::name).toList())));
        }
        return found.stream().findFirst();
    }

    /** As {@link #container(String)}, but all that have the label; no helpers. */
    public List<Container> named(String named) throws EngineException {
        return containers.named(named);
    }

    public Optional<Container> container(ContainerId id) throws EngineException {
        return container(id.hex());
    }

    /** As {@link #container(String)}; none is a failure. */
    public Container requireContainer(String nameOrId) throws EngineException {
        return container(nameOrId)
                .orElseThrow(() -> new EngineException(
                        Reason.NO_SUCH_CONTAINER,
                        "There is no container '%s' on %s. Correct the name, or start its stack."
                                .formatted(nameOrId, address())));
    }

    /**
     * Containers in every state, stopped ones too, sorted by name.
     *
     * @param labels each {@code key} or {@code key=value}; all must hold
     */
    public List<Container> containers(String... labels) throws EngineException {
        return containers.containers(labels);
    }

    /** Containers in every state that have a volume, sorted by name; nothing is asked about others, which may not answer. */
    public List<Container> containersOf(String volume) throws EngineException {
        return containers.containersOf(volume);
    }

    public Optional<Volume> volume(String name) throws EngineException {
        return volumes.volume(name);
    }

    /**
     * Sorted by name.
     *
     * @param labels each {@code key} or {@code key=value}; all must hold
     */
    public List<Volume> volumes(String... labels) throws EngineException {
        return volumes.volumes(labels);
    }

    /** Makes an empty volume of the driver {@code local}. If there is one of that name: CONFLICT. */
    public Volume createVolume(String name, Map<String, String> labels) throws EngineException {
        return volumes.create(name, labels);
    }

    /** Removes a volume with all that is in it. CONFLICT while a container, running or not, has it. */
    public void removeVolume(String name) throws EngineException {
        volumes.remove(name);
    }

    /** Freezes its processes. CONFLICT unless it runs. */
    public void pause(ContainerId id) throws EngineException {
        containers.pause(id);
    }

    /** CONFLICT or SERVER_ERROR unless it is paused. */
    public void unpause(ContainerId id) throws EngineException {
        containers.unpause(id);
    }

    /**
     * Asks it to end, and waits for that. Nothing happens to one that does not run.
     *
     * @param grace after which it is killed; whole seconds
     */
    public void stop(ContainerId id, Duration grace) throws EngineException {
        containers.stop(id, grace.plus(EngineCalls.PATIENCE), (int) grace.toSeconds());
    }

    /** As {@link #stop(ContainerId, Duration)}, with the grace that the container's own settings give it. */
    public void stop(ContainerId id) throws EngineException {
        containers.stop(id, LONGEST_STOP, null);
    }

    /** Starts it; nothing happens to one that runs. Says nothing of its health. */
    public void start(ContainerId id) throws EngineException {
        containers.start(id);
    }

    /**
     * Waits until it does not run, and tells the exit status of its last run.
     *
     * @throws EngineException CONFLICT if it still runs after {@code limit}
     */
    public int waitFor(ContainerId id, Duration limit) throws EngineException {
        return containers.waitFor(id, limit);
    }

    /**
     * Starts a command in a running container. {@link io.holdfast.sources.process.Commands} does the same with a limit of
     * time and with failures as exceptions.
     *
     * @param stdin whether something will be written to its stdin; otherwise that is at its end from the start
     * @throws EngineException CONFLICT if the container does not run, or is paused
     */
    public Exec exec(ContainerId id, ExecSpec spec, boolean stdin) throws EngineException {
        return execs.start(id, spec, stdin);
    }

    /**
     * Files as an uncompressed tar, from a container that runs, is paused, stopped, or was never started. A directory
     * {@code /a/b} comes as entries {@code b/…}, {@code /a/b/.} as {@code ./…}; a symbolic link comes as itself. Volumes
     * and mounted host paths below the path are part of it.
     *
     * <p>The stream fails with LOST where the tar ends early. Close it in any case.
     *
     * @param path absolute, as the container sees it
     */
    public InputStream readArchive(ContainerId id, String path) throws EngineException {
        Failures.checking(() -> Names.path("path", path));
        return archives.read(id, path);
    }

    /**
     * Unpacks an uncompressed tar below a directory, in a container that runs, is stopped or was never started; into its
     * volumes too. Owners, modes and times are those of the tar. What is there of other names stays; a directory and
     * something else never replace each other.
     *
     * @param directory absolute, and there already
     * @param tar read to its end, and not closed
     * @throws EngineException LOST if the tar ends early or the engine goes away: part of it is written; CONFLICT if the
     *     directory is read-only; BAD_NAME if the tar begins as a compressed stream does
     * @throws IOException what reading {@code tar} threw
     */
    public void writeArchive(ContainerId id, String directory, InputStream tar) throws IOException {
        Failures.checking(() -> Names.path("directory", directory));
        archives.write(id, directory, tar);
    }

    /** Whether a container has something at a path; a link whose target is missing is something. */
    public boolean pathExists(ContainerId id, String path) throws EngineException {
        Failures.checking(() -> Names.path("path", path));
        return archives.exists(id, path);
    }

    /**
     * A container that is never started, as a door to its mounts. Any image that the engine has will do; none is pulled.
     *
     * @param mounts volumes that do not exist are created by the engine, so look first
     */
    public Helper createHelper(String image, List<HelperMount> mounts) throws EngineException {
        return createHelper(image, mounts, List.of("/holdfast-is-never-started"));
    }

    /**
     * Runs one command to its end in a container that is made for it and removed in any case: as root, with the mounts,
     * without a network.
     *
     * @param limit after which it is killed, and the failure is a CONFLICT
     */
    public HelperRun runHelper(String image, List<HelperMount> mounts, List<String> argv, Duration limit)
            throws EngineException {
        Failures.checking(() -> Names.argv(argv));
        try (Helper helper = createHelper(image, mounts, argv)) {
            start(helper.id());
            int status = waitFor(helper.id(), limit);
            return helpers.ended(helper.id(), status);
        }
    }

    private Helper createHelper(String image, List<HelperMount> mounts, List<String> argv) throws EngineException {
        Failures.checking(() -> Names.image(image));
        return new Helper(this, helpers.create(image, mounts, argv));
    }

    /** Removes a helper container that somebody left behind; any other container is refused with CONFLICT. */
    public void removeHelper(ContainerId id) throws EngineException {
        Optional<Container> container = container(id);
        if (container.isPresent()) {
            if (container.get().label(HELPER_LABEL).isEmpty()) {
                throw calls.failures().conflict("remove container " + id, "it is no helper container");
            }
            helpers.remove(id);
        }
    }

    @Override
    public void close() throws IOException {
        calls.close();
    }
}
