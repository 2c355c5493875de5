package io.holdfast.standalone;

import com.github.dockerjava.api.command.CreateContainerCmd;
import io.holdfast.fixtures.DockerEngine;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * What the stacks of the examples stand on.
 *
 * @param directory below which each has a host of its own
 */
record ExampleStage(DockerEngine docker, Path directory, StandInPrograms programs) {

    /** Of what a stack is filled with. */
    static final long SEED = 1;

    ExampleHost host(String stack) {
        return new ExampleHost(directory.resolve("host-of-" + stack));
    }

    /** The name that something of a plan has in this run. */
    String prefixed(String name) {
        return docker.run() + "-" + name;
    }

    UnaryOperator<CreateContainerCmd> named(String name) {
        return create -> create.withName(prefixed(name));
    }
}
