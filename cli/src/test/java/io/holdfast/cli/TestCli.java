package io.holdfast.cli;

import io.holdfast.cli.terminal.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Runs the command in this process and keeps what it says. */
public final class TestCli {

    public final FakeSurroundings surroundings = new FakeSurroundings();

    /** What one execution came to. */
    public record Outcome(int code, String out, String err) {

        public JsonNode json() {
            return Json.tree(out.getBytes(StandardCharsets.UTF_8));
        }

        public JsonNode error() {
            return Json.tree(err.getBytes(StandardCharsets.UTF_8)).path("error");
        }
    }

    public TestCli with(String variable, String value) {
        surroundings.environment.put(variable, value);
        return this;
    }

    public Outcome run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = run(out, err, args);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** Runs it while others read what it says; returns the exit code. */
    public int run(Writer out, Writer err, String... args) {
        return HoldfastCli.commandLine(surroundings, List.of(args))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    /** What dump wrote since the last call. */
    public byte[] dumped() {
        byte[] bytes = ((ByteArrayOutputStream) surroundings.stdout).toByteArray();
        surroundings.stdout = new ByteArrayOutputStream();
        return bytes;
    }
}
