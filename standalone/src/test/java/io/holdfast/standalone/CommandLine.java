package io.holdfast.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code holdfast} command as a process of its own, which knows a data directory and nothing else. */
record CommandLine(Path data) {

    /** What it wrote and how it ended. */
    record Ran(int code, String out, String err) {}

    Ran run(String... verb) throws IOException, InterruptedException {
        Path out = Files.createTempFile(data, "verb", ".out");
        Path err = Files.createTempFile(data, "verb", ".err");
        var command = new ArrayList<>(RunningHoldfast.JVM);
        command.addAll(StartArchive.options());
        command.addAll(List.of("-cp", StartArchive.JAR.toString(), Holdfast.class.getName()));
        command.addAll(List.of(verb));
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("HOLDFAST_DATA", data.toString());
        try {
            int code = builder.start().waitFor();
            return new Ran(code, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
