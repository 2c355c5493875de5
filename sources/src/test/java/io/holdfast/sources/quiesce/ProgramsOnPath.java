package io.holdfast.sources.quiesce;

import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Real processes of programs that a test wrote into a directory. */
record ProgramsOnPath(Path directory) implements Programs {

    private static final Commands COMMANDS = new Commands(DockerEngine.fromEnvironment(Map.of()));

    void write(String program, String script) throws IOException {
        Path file = directory.resolve(program);
        Files.writeString(file, "#!/bin/sh\ncd \"${0%/*}\"\necho \"$@\" >>calls\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** The arguments of each program that changed something, in order. */
    List<String> calls(String... verbs) throws IOException {
        return Files.readAllLines(directory.resolve("calls")).stream()
                .filter(call -> List.of(verbs).stream().anyMatch(call::contains))
                .toList();
    }

    @Override
    public String run(List<String> argv, Duration limit) throws IOException {
        var command = new ArrayList<>(argv);
        command.set(0, directory.resolve(argv.getFirst()).toString());
        return COMMANDS.run(Command.of(command).within(limit)).text();
    }
}
