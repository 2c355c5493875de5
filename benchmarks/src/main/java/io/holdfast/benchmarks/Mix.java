package io.holdfast.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A stack's mix of data below a directory, the same on every machine: large files of each {@link Kind}, and many small
 * ones. About 1.5 GB in 20,000 files at scale 1.
 *
 * <pre>
 * Mix create DIRECTORY SCALE
 * Mix many DIRECTORY FILES     so many files of a few bytes instead
 * Mix change DIRECTORY ROUND   rewrites 1 % of every large file in runs of 128 KiB, appends to 1 % of the small ones
 * </pre>
 */
final class Mix {

    private static final int SMALL_FILES = 20_000;
    private static final int SMALL_PER_DIRECTORY = 100;
    private static final int SMALL_LONGEST = 12 * 1024;
    private static final int APPENDED = 1024;
    private static final int ONE_IN = 100;

    private final Path root;

    private Mix(Path root) {
        this.root = root;
    }

    public static void main(String[] arguments) throws IOException {
        Mix mix = new Mix(Path.of(arguments[1]));
        switch (arguments[0]) {
            case "create" -> mix.create(Double.parseDouble(arguments[2]));
            case "change" -> mix.change(Long.parseLong(arguments[2]));
            case "many" -> mix.createMany(Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException("neither create, change nor many: " + arguments[0]);
        }
    }

    private void create(double scale) throws IOException {
        for (Kind kind : Kind.values()) {
            Path directory = Files.createDirectories(root.resolve(kind.directory()));
            long left = Math.round(kind.bytes() * scale) / Kind.BLOCK;
            for (int file = 0; left > 0; file++) {
                long blocks = Math.min(left, kind.fileBytes() / Kind.BLOCK);
                left -= blocks;
                try (OutputStream out = Files.newOutputStream(directory.resolve("%04d".formatted(file)))) {
                    for (long block = 0; block < blocks; block++) {
                        out.write(kind.block(seed(0, kind.name().hashCode(), file, block)));
                    }
                }
            }
        }
        int files = (int) Math.round(SMALL_FILES * scale);
        for (int file = 0; file < files; file++) {
            Path path = root.resolve("small/%03d/%05d.txt".formatted(file / SMALL_PER_DIRECTORY, file));
            Files.createDirectories(path.getParent());
            byte[] block = Kind.LOGS.block(seed(1, file));
            int length = new SplittableRandom(file).nextInt(SMALL_LONGEST);
            Files.write(path, Arrays.copyOf(block, length));
        }
    }

    private void createMany(int files) throws IOException {
        for (int file = 0; file < files; file++) {
            Path path = root.resolve("many/%05d/%07d".formatted(file / SMALL_PER_DIRECTORY, file));
            if (file % SMALL_PER_DIRECTORY == 0) {
                Files.createDirectories(path.getParent());
            }
            Files.writeString(path, Integer.toString(file));
        }
    }

    private void change(long round) throws IOException {
        for (Kind kind : Kind.values()) {
            for (Path file : files(root.resolve(kind.directory()))) {
                rewrite(
                        file,
                        kind,
                        new SplittableRandom(seed(
                                2,
                                round,
                                kind.name().hashCode(),
                                file.getFileName().toString().hashCode())));
            }
        }
        List<Path> small = files(root.resolve("small"));
        SplittableRandom random = new SplittableRandom(seed(3, round));
        for (int i = 0; i < small.size() / ONE_IN; i++) {
            Files.write(
                    small.get(random.nextInt(small.size())),
                    Arrays.copyOf(Kind.LOGS.block(random.nextLong()), APPENDED),
                    StandardOpenOption.APPEND);
        }
    }

    private static void rewrite(Path file, Kind kind, SplittableRandom random) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long blocks = channel.size() / Kind.BLOCK;
            double runs = (double) blocks / ONE_IN;
            for (long run = 0; run < (long) runs + (random.nextDouble() < runs % 1 ? 1 : 0); run++) {
                channel.write(ByteBuffer.wrap(kind.block(random.nextLong())), random.nextLong(blocks) * Kind.BLOCK);
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static long seed(long... parts) {
        long seed = 0;
        for (long part : parts) {
            seed = new SplittableRandom(seed * 31 + part).nextLong();
        }
        return seed;
    }
}
