package io.holdfast.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * The classes of a start as the JVM keeps them in memory, in a file that later starts map: they take little more than half
 * the processor time then. Made by a start of its own, once for what was built.
 */
final class StartArchive {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    /** What was built, with its class path in it. */
    static final Path JAR = TARGET.resolve("dist/lib/holdfast.jar");

    private static final Path BUILT = TARGET.resolve("dist/classpath");
    private static final Path FILE = TARGET.resolve("start.aot");
    private static final String QUIET = "-Xlog:cds*=off,aot*=off";

    private StartArchive() {}

    /** A JVM's options that use it, on a class path that begins with the jar; none where it cannot be made. */
    static synchronized List<String> options() {
        try {
            if (!Files.exists(FILE)
                    || Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(BUILT)) < 0) {
                make();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return Files.exists(FILE) ? List.of("-XX:AOTCache=" + FILE, QUIET) : List.of();
    }

    private static void make() throws IOException, InterruptedException {
        Files.deleteIfExists(FILE);
        Path scratch = Files.createTempDirectory("holdfast-archive");
        Path output = scratch.resolve("output");
        var command = new ArrayList<>(RunningHoldfast.JVM);
        command.addAll(List.of("-XX:AOTCacheOutput=" + FILE, QUIET, "-cp", JAR.toString()));
        command.addAll(List.of(Holdfast.class.getName(), "up", "--exit-when-ready"));
        command.addAll(List.of("--data", scratch.resolve("data").toString()));
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            System.out.printf("Starts take longer, without an archive of classes:%n%s%n", Files.readString(output));
        }
        FileSystemUtils.deleteRecursively(scratch);
    }
}
