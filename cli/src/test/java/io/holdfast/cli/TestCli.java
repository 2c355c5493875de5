package io.holdfast.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Runs the command in this process and keeps what it says. */
final class TestCli {

    final FakeSurroundings surroundings = new FakeSurroundings();

    /** What one execution came to. */
    record Outcome(int code, String out, String err) {

        JsonNode json() {
            return Json.tree(out.getBytes(StandardCharsets.UTF_8));
        }

        JsonNode error() {
            return Json.tree(err.getBytes(StandardCharsets.UTF_8)).path("error");
        }
    }

    TestCli with(String variable, String value) {
        surroundings.environment.put(variable, value);
        return this;
    }

    Outcome run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine commandLine = HoldfastCli.commandLine(surroundings, List.of(args))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        int code = commandLine.execute(args);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** What dump wrote since the last call. */
    byte[] dumped() {
        byte[] bytes = ((ByteArrayOutputStream) surroundings.stdout).toByteArray();
        surroundings.stdout = new ByteArrayOutputStream();
        return bytes;
    }
}
