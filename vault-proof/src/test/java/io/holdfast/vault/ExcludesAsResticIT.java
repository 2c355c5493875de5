package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Excludes;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.files.TagFile;
import io.holdfast.vault.tree.Name;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What stock restic leaves out is what is left out here, and nothing else. Before 0.19 restic can leave out the root
 * itself, which says nothing about what is below.
 */
class ExcludesAsResticIT {

    private static final List<String> NAMES =
            List.of("a", "b", "ab", "abc", "A", "a.tmp", "b.tmp", "[x]", "é", "cache", "CACHEDIR.TAG", ".skip");

    private static final int TREES = 12;

    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource
    void areResticsOwn(Restic.Program program) throws IOException {
        Restic restic = program.on(temp.resolve("repository"));
        restic.init();
        Random seeds = new Random();
        for (int i = 0; i < TREES; i++) {
            Path root = Files.createDirectories(temp.resolve(i + "/abc"));
            compare(restic, root, seeds.nextLong());
        }
    }

    private void compare(Restic restic, Path root, long seed) throws IOException {
        Random random = new Random(seed);
        grow(root, random, 4);
        List<String> patterns = patterns(root, random, 3);
        List<String> ignoringCase = random.nextBoolean() ? patterns(root, random, 2) : List.of();
        List<String> tags = List.of("CACHEDIR.TAG", ".skip:mark").subList(0, random.nextInt(3));
        long largest = random.nextBoolean() ? 20 : Long.MAX_VALUE;
        Set<String> theirs = restics(restic, root, patterns, ignoringCase, tags, largest);
        if (theirs.contains(root.toString())) {
            Excludes excludes = Excludes.of(patterns)
                    .withPatternsIgnoringCase(ignoringCase)
                    .withIfPresent(tags.stream().map(TagFile::parse).toList())
                    .withLargerThan(largest);
            assertThat(ours(root, excludes))
                    .as("seed %d, patterns %s, ignoring case %s, tags %s", seed, patterns, ignoringCase, tags)
                    .isEqualTo(theirs);
        }
    }

    private static Set<String> ours(Path root, Excludes excludes) throws IOException {
        try (Vault vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO)) {
            BackupSpec spec = BackupSpec.of(Root.Tree.of(root)).withExcludes(excludes);
            Set<String> paths = new TreeSet<>();
            vault.contents()
                    .list(
                            vault.backup(spec, Progress.NONE).snapshot().id(),
                            root.toString(),
                            entry -> paths.add(entry.path()));
            return paths;
        }
    }

    private Set<String> restics(
            Restic restic, Path root, List<String> patterns, List<String> ignoringCase, List<String> tags, long largest)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("backup", "--quiet"));
        command.addAll(List.of("--exclude-file", file("excludes", patterns)));
        command.addAll(List.of("--iexclude-file", file("iexcludes", ignoringCase)));
        tags.forEach(tag -> command.addAll(List.of("--exclude-if-present", tag)));
        if (largest < Long.MAX_VALUE) {
            command.addAll(List.of("--exclude-larger-than", Long.toString(largest)));
        }
        command.add(root.toString());
        restic.run(command.toArray(String[]::new));
        return Arrays.stream(restic.run("ls", "--quiet", "latest").split("\n"))
                .filter(line -> line.startsWith(root.toString()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String file(String name, List<String> lines) throws IOException {
        return Files.writeString(temp.resolve(name), String.join("\n", lines), StandardCharsets.UTF_8)
                .toString();
    }

    private static List<String> patterns(Path root, Random random, int most) {
        return IntStream.rangeClosed(0, random.nextInt(most))
                .mapToObj(_ -> pattern(root, random))
                .toList();
    }

    /** At most one of any depth: restic overlooks some short paths where there are several. */
    private static String pattern(Path root, Random random) {
        List<String> parts = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> part(random))
                .collect(Collectors.toCollection(ArrayList::new));
        if (random.nextInt(3) == 0) {
            parts.set(random.nextInt(parts.size()), "**");
        }
        String below = String.join("/", parts);
        return switch (random.nextInt(6)) {
            case 0 -> root + "/" + below;
            case 1 -> "!" + below;
            case 2 -> "!" + root + "/" + below;
            default -> below;
        };
    }

    private static String part(Random random) {
        return switch (random.nextInt(6)) {
            case 0 ->
                List.of("*b", "a*", "?", "??", "[a-b]", "[^a]*", "*.*", "\\[x]", "*", "B")
                        .get(random.nextInt(10));
            case 1 -> "*.tmp";
            default -> NAMES.get(random.nextInt(NAMES.size()));
        };
    }

    private static Path grow(Path directory, Random random, int depth) throws IOException {
        for (int i = 0; i < 6; i++) {
            Path path = RawPaths.resolve(directory, Name.of(NAMES.get(random.nextInt(NAMES.size()))));
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (depth > 0 && random.nextBoolean()) {
                grow(Files.createDirectory(path), random, depth - 1);
            } else {
                Files.writeString(path, random.nextBoolean() ? "mark and more" : "x".repeat(random.nextInt(40)));
            }
        }
        return directory;
    }
}
