package io.holdfast.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Does a little of everything, so that the launcher can have the JVM remember how: see the start-up cache. */
@Command(name = "train", hidden = true, description = "Work on a repository of its own in a scratch directory.")
final class TrainVerb implements Callable<Integer> {

    private static final int FILES = 500;

    @Parameters(paramLabel = "DIR")
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Override
    public Integer call() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source"));
        Path password = Files.writeString(directory.resolve("password"), "training");
        for (int i = 0; i < FILES; i++) {
            Path below = Files.createDirectories(source.resolve("dir-" + i % 20));
            Files.writeString(
                    below.resolve("file-" + i), "line %d\n".formatted(i).repeat(20 * (i % 10)));
        }
        String repository = directory.resolve("repository").toString();
        List<List<String>> verbs = List.of(
                List.of("init"),
                List.of("backup", source.toString()),
                List.of("backup", source.toString()),
                List.of("snapshots"),
                List.of("ls", "latest"),
                List.of(
                        "restore",
                        "latest",
                        "--target",
                        directory.resolve("target").toString()),
                List.of("check", "--read-data"));
        for (List<String> verb : verbs) {
            String[] arguments = arguments(verb, "-r", repository, "--password-file", password.toString());
            int exit = HoldfastCli.commandLine(new ThisProcess(), List.of(arguments))
                    .setOut(new PrintWriter(Writer.nullWriter()))
                    .execute(arguments);
            if (exit != 0) {
                return exit;
            }
        }
        return 0;
    }

    private static String[] arguments(List<String> verb, String... options) {
        return Stream.of(List.of("vault", verb.getFirst()), List.of(options), verb.subList(1, verb.size()))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }
}
