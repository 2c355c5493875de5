package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.files.Posix;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.tree.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RandomTreesTest {

    @Property(tries = 15)
    void comeBackAsTheyWereAlsoOverAnotherOne(@ForAll long seed) throws IOException {
        Path temp = Files.createTempDirectory("random-trees");
        Random random = new Random(seed);
        try (Vault vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO)) {
            Path first = grow(Files.createDirectory(temp.resolve("first")), random, 3);
            Path second = grow(Files.createDirectory(temp.resolve("second")), random, 3);
            Path target = temp.resolve("target");
            for (Path source : List.of(first, second, first)) {
                List<String> before = Manifest.of(source);
                var snapshot = vault.backup(BackupSpec.of(new Root.Tree(source, "/t")), Progress.NONE);
                assertThat(snapshot.problems()).isEmpty();
                RestoreSpec spec =
                        RestoreSpec.of("/t", target).withDeleteExtra(true).withSetuid(true);
                assertThat(vault.restore(snapshot.snapshot().id(), spec, Progress.NONE)
                                .problems())
                        .isEmpty();
                assertThat(Manifest.of(target)).isEqualTo(before);
            }
        } finally {
            delete(temp);
        }
    }

    private static Path grow(Path directory, Random random, int depth) throws IOException {
        for (int i = random.nextInt(5); i >= 0; i--) {
            byte[] raw = new byte[1 + random.nextInt(6)];
            random.nextBytes(raw);
            Name name = Name.of(raw);
            Path path = name.isSafe() ? RawPaths.resolve(directory, name) : directory.resolve("unsafe" + i);
            if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                make(path, random, depth);
            }
        }
        Posix.setTimes(directory, time(random));
        return directory;
    }

    private static void make(Path path, Random random, int depth) throws IOException {
        switch (random.nextInt(depth > 0 ? 6 : 3)) {
            case 0 -> Posix.makeFifo(path);
            case 1 -> Files.createSymbolicLink(path, Path.of("../some where"));
            case 2 -> Files.write(path, HardCases.random(random.nextInt(3), random.nextInt(2000)));
            case 3 -> Files.write(path, new byte[random.nextInt(600_000)]);
            default -> grow(Files.createDirectory(path), random, depth - 1);
        }
        if (!Files.isSymbolicLink(path)) {
            Files.setAttribute(path, "unix:mode", random.nextInt(010000));
        }
        Posix.setTimes(path, time(random));
    }

    private static Instant time(Random random) {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
