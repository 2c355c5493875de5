package io.holdfast.sources.docker;

import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.DataLocation;
import io.holdfast.plan.Quiesce;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.VaultFiles;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.feedback.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast a volume of 500 MB is captured and put back, beside {@code docker run … tar czf} on the same volume: no test, but
 * started like one by {@code benchmarks/docker-volume}, since it needs the fixtures. Prints seconds, and their ratio to tar's in
 * the same round, as median [lowest..highest].
 */
class VolumeThroughput {

    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final String AT = "/bench/volume";

    @RegisterExtension
    static final io.holdfast.fixtures.DockerEngine fixtures = io.holdfast.fixtures.DockerEngine.with(TestImage.APP);

    private interface Work {
        void run() throws Exception;
    }

    private final Map<String, List<double[]>> measured = new LinkedHashMap<>();

    @TempDir
    Path scratch;

    @Test
    void measures() throws Exception {
        try (DockerEngine engine = DockerEngine.fromEnvironment(System.getenv())) {
            String volume = fixtures.newVolume();
            Path mountpoint = Path.of(engine.volume(volume).orElseThrow().mountpoint());
            fill(mountpoint);
            for (int round = 0; round < ROUNDS; round++) {
                Path tar = Files.createDirectory(scratch.resolve("tar" + round));
                double base = seconds(() -> tar(volume, tar, "czf"));
                note("docker run … tar czf", base, base);
                note("docker run … tar cf", seconds(() -> tar(volume, tar, "cf")), base);
                for (boolean directly : List.of(true, false)) {
                    measure(engine, volume, directly, scratch.resolve(round + "-" + directly), base);
                }
            }
        }
        report();
    }

    private void measure(DockerEngine engine, String volume, boolean directly, Path directory, double base)
            throws Exception {
        String how = directly ? "directly" : "through the engine";
        ServiceData data = new Docker(engine, TestImage.APP.image(), null, directly)
                .data(new DataLocation.Volume(volume), null, Quiesce.Mode.NONE, List.of(), AT, "/data");
        Files.createDirectory(directory);
        try (Password password = Password.of("secret");
                Vault vault = Vault.init(LocalBackend.at(directory.resolve("vault")), password)) {
            var result = new BackupResult[1];
            note("first backup " + how, seconds(() -> result[0] = backup(data, vault)), base);
            note("unchanged " + how, seconds(() -> result[0] = backup(data, vault)), base);
            var files = new VaultFiles(vault, result[0].snapshot().id(), AT, false, Progress.NONE);
            Path mountpoint = Path.of(engine.volume(volume).orElseThrow().mountpoint());
            delete(mountpoint);
            note("restore into an empty volume " + how, seconds(() -> putBack(data, files)), base);
            note("restore over the same " + how, seconds(() -> putBack(data, files)), base);
        }
    }

    private static BackupResult backup(ServiceData data, Vault vault) throws Exception {
        try (Capture capture = data.capture()) {
            capture.inspect();
            Content content = capture.read();
            return vault.backup(BackupSpec.of(content.roots()).withPaths(List.of(AT)), Progress.NONE);
        }
    }

    private static void putBack(ServiceData data, VaultFiles files) throws Exception {
        WayBack way = data.wayBack();
        way.prepare(files);
        way.put(files);
    }

    private static void tar(String volume, Path out, String how) throws Exception {
        Process tar = new ProcessBuilder(
                        "docker",
                        "run",
                        "--rm",
                        "--network=none",
                        "-v",
                        volume + ":/from:ro",
                        "-v",
                        out + ":/to",
                        TestImage.APP.image(),
                        "tar",
                        how,
                        "/to/volume.tar",
                        "-C",
                        "/from",
                        ".")
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar failed");
        }
    }

    /** Half does not compress, a third does, and a sixth are small files. */
    private static void fill(Path directory) throws IOException {
        var random = new Random(1);
        for (int i = 0; i < 25; i++) {
            byte[] bytes = new byte[10_000_000];
            random.nextBytes(bytes);
            Files.write(directory.resolve("papers-" + i), bytes);
        }
        for (int i = 0; i < 15; i++) {
            var text = new StringBuilder(10_000_100);
            while (text.length() < 10_000_000) {
                text.append("{\"level\":\"info\",\"user\":")
                        .append(random.nextInt(1_000_000))
                        .append(",\"took\":")
                        .append(random.nextInt(500))
                        .append("}\n");
            }
            Files.writeString(directory.resolve("log-" + i), text);
        }
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[10_000];
            random.nextBytes(bytes);
            Path folder = Files.createDirectories(directory.resolve("small-" + i / 100));
            Files.write(folder.resolve("" + i), bytes);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var below = Files.walk(directory)) {
            for (Path path : below.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (!path.equals(directory)) {
                    Files.delete(path);
                }
            }
        }
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private void note(String what, double seconds, double base) {
        measured.computeIfAbsent(what, _ -> new ArrayList<>()).add(new double[] {seconds, seconds / base});
    }

    private void report() {
        System.out.println("| 500 MB | s | ratio to tar czf |\n| --- | --- | --- |");
        measured.forEach((what, values) ->
                System.out.printf("| %s | %s | %s |%n", what, spread(values, 0, "%.1f"), spread(values, 1, "%.2f")));
    }

    private static String spread(List<double[]> values, int which, String format) {
        List<Double> sorted =
                values.stream().map(value -> value[which]).sorted().toList();
        return (format + " [" + format + ".." + format + "]")
                .formatted(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
    }
}
