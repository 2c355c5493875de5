package io.holdfast.vault;

import io.holdfast.vault.files.Posix;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.PosixAcl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Directories of every kind of file, with the names, sizes, modes, owners and times that chance brings. */
final class RandomTree {

    private static final int SMALLEST_CHUNK = 512 * 1024;

    /** Code points that every program's Unicode tables agree on: first and last. */
    private static final int[][] CHARACTERS = {
        {0xa0, 0x7ff}, {0x2000, 0x23ff}, {0x4e00, 0x9f00}, {0xe000, 0xe0ff}, {0x1f300, 0x1f64f}
    };

    private final Random random;
    private final List<Path> files = new ArrayList<>();

    private RandomTree(Random random) {
        this.random = random;
    }

    /** Fills a directory, which may hold something already: that is changed here and there. */
    static Path grow(Path directory, Random random) throws IOException {
        return new RandomTree(random).grow(Files.createDirectories(directory), 3);
    }

    static void delete(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Path grow(Path directory, int depth) throws IOException {
        for (int i = random.nextInt(5); i >= 0; i--) {
            Path path = RawPaths.resolve(directory, name());
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                make(path, depth);
            }
        }
        Posix.setTimes(directory, time());
        return directory;
    }

    private Name name() {
        byte[] raw = new byte[1 + random.nextInt(6)];
        random.nextBytes(raw);
        Name name = random.nextBoolean() ? Name.of(raw) : Name.of(text(1 + random.nextInt(4)));
        return name.isSafe() ? name : Name.of("safe" + random.nextInt());
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int[] range = CHARACTERS[random.nextInt(CHARACTERS.length)];
            text.appendCodePoint(
                    random.nextBoolean() ? 0x20 + random.nextInt(0x60) : random.nextInt(range[0], range[1]));
        }
        return text.toString().replace('/', '|');
    }

    private void make(Path path, int depth) throws IOException {
        switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> Posix.makeFifo(path);
            case 1 -> Files.createSymbolicLink(path, RawPaths.target(Name.of("../" + text(5))));
            case 2 -> files.add(Files.write(path, content(random.nextInt(2000))));
            case 3 -> files.add(Files.write(path, new byte[random.nextInt(3000)]));
            case 4 -> files.add(Files.write(path, content(large())));
            case 5 -> files.add(sparse(path));
            case 6 -> link(path);
            default -> grow(Files.createDirectory(path), depth - 1);
        }
        if (Self.UID == 0 && random.nextInt(4) == 0) {
            Files.setAttribute(path, "unix:uid", random.nextInt(70_000), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", random.nextInt(70_000), LinkOption.NOFOLLOW_LINKS);
        }
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            attributes(path);
        }
        if (!Files.isSymbolicLink(path)) {
            Files.setAttribute(path, "unix:mode", random.nextInt(010000));
        }
        Posix.setTimes(path, time());
    }

    /** Where the file system keeps them. */
    private void attributes(Path path) throws IOException {
        for (int i = random.nextInt(8); i > 5; i--) {
            attribute(path, "user.n" + random.nextInt(9), content(random.nextInt(300)));
        }
        if (random.nextInt(12) == 0) {
            attribute(path, PosixAcl.ACCESS, HardCases.ACL.getBytes(StandardCharsets.ISO_8859_1));
        }
        if (random.nextInt(12) == 0 && Files.isDirectory(path)) {
            attribute(path, PosixAcl.DEFAULT, HardCases.ACL.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void attribute(Path path, String name, byte[] value) throws IOException {
        try {
            Posix.setAttribute(path, name, value);
        } catch (FileSystemException e) {
            if (!String.valueOf(e.getReason()).contains("not supported")) {
                throw e;
            }
        }
    }

    /** Few are large, and those lie where chunks begin and end. */
    private int large() {
        return switch (random.nextInt(40)) {
            case 0 -> SMALLEST_CHUNK + random.nextInt(-1, 2);
            case 1 -> random.nextInt(8 * SMALLEST_CHUNK);
            default -> random.nextInt(20_000);
        };
    }

    /** From few seeds, so that some of it repeats. */
    private byte[] content(int length) {
        return HardCases.random(random.nextInt(3), length);
    }

    private Path sparse(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(
                    ByteBuffer.wrap("end".getBytes(StandardCharsets.US_ASCII)), random.nextInt(SMALLEST_CHUNK / 2));
        }
        return path;
    }

    private void link(Path path) throws IOException {
        if (files.isEmpty()) {
            files.add(Files.createFile(path));
        } else {
            Files.createLink(path, files.get(random.nextInt(files.size())));
        }
    }

    private Instant time() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }
}
