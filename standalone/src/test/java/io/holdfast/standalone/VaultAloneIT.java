package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs under {@code vault} are for the day on which nothing else works, so they need nothing else. */
class VaultAloneIT {

    /** A logging library looks for all its configurators on the class path, and this one is there; it does nothing. */
    private static final String FOUND_BY_LOGBACK =
            " org.springframework.boot.logging.logback.RootLogLevelConfigurator ";

    @TempDir
    Path temp;

    private List<String> classesLoadedBy(String... verb) throws IOException, InterruptedException {
        Path log = temp.resolve("classes");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xlog:class+load:file=" + log + "::filecount=0",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Holdfast.class.getName(),
                "vault"));
        command.addAll(List.of(verb));
        Programs.run(
                temp,
                Map.of("HOLDFAST_REPOSITORY", temp.resolve("repo").toString(), "HOLDFAST_PASSWORD", "correct horse"),
                command);
        try (Stream<String> lines = Files.lines(log)) {
            return lines.toList();
        }
    }

    @Test
    void noVerbUnderVaultLoadsSpringOrKafka() throws Exception {
        Files.writeString(Files.createDirectory(temp.resolve("source")).resolve("file"), "content");
        List<List<String>> verbs = List.of(
                List.of("init"),
                List.of("backup", "source"),
                List.of("snapshots"),
                List.of("restore", "latest", "--target", "target"),
                List.of("forget", "--keep-last", "1", "--prune"),
                List.of("check", "--read-data"));
        for (List<String> verb : verbs) {
            assertThat(classesLoadedBy(verb.toArray(String[]::new)))
                    .as("vault %s", verb)
                    .anyMatch(line -> line.contains("io.holdfast.vault.Vault "))
                    .filteredOn(line -> !line.contains(FOUND_BY_LOGBACK))
                    .noneMatch(line -> line.contains(" org.springframework.") || line.contains(" org.apache.kafka."));
        }
    }

    /** Maven chooses versions for each module by itself, and the launcher starts these verbs from the module's own jar. */
    @Test
    void theCommandsOwnJarNamesOnlyJarsOfTheDist() throws Exception {
        Path lib = Path.of("target/dist/lib");
        try (Stream<Path> jars = Files.list(lib)) {
            Path command = jars.filter(jar -> jar.getFileName().toString().startsWith("holdfast-cli-"))
                    .findFirst()
                    .orElseThrow();
            try (JarFile jar = new JarFile(command.toFile())) {
                String named = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
                assertThat(named.split(" "))
                        .allSatisfy(name -> assertThat(lib.resolve(name)).isRegularFile());
            }
        }
    }
}
