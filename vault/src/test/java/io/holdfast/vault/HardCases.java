package io.holdfast.vault;

import io.holdfast.vault.files.Posix;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.tree.Name;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Random;

/** A directory with everything that backup programs have got wrong. */
public final class HardCases {

    /** Version 2, little endian: user:: rw-, user:12345: r--, group:: r--, mask:: r--, other:: ---. */
    static final String ACL = "\2\0\0\0" + "\1\0\6\0\u00ff\u00ff\u00ff\u00ff" + "\2\0\4\090\0\0"
            + "\4\0\4\0\u00ff\u00ff\u00ff\u00ff" + "\20\0\4\0\u00ff\u00ff\u00ff\u00ff"
            + "\40\0\0\0\u00ff\u00ff\u00ff\u00ff";

    private HardCases() {}

    static Path create(Path root) throws IOException {
        Files.createDirectories(root);
        for (String name : new String[] {
            "plain.txt",
            "with space",
            "quote\"d",
            "back\\slash",
            "new\nline",
            "tab\there",
            "emoji-\uD83D\uDE00",
            "ümläut",
            "zero\u200bwidth",
            "nbsp\u00a0x",
            "<html>&amp;",
            "-dash",
            "bell\u0007",
            "del\u007f",
            "line\u2028sep"
        }) {
            Files.writeString(RawPaths.resolve(root, Name.of(name)), "content of " + name);
        }
        for (byte[] raw : new byte[][] {
            {(byte) 0xff, 'x'}, {'a', (byte) 0xc3}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {'l', (byte) 0xe4, 't'}
        }) {
            Files.writeString(RawPaths.resolve(root, Name.of(raw)), "not text");
        }
        Files.createFile(root.resolve("empty"));
        Path deep = Files.createDirectories(root.resolve("a/b/c"));
        Files.createDirectories(root.resolve("a/empty-dir"));
        Files.write(deep.resolve("big.bin"), random(1, 5 * 1024 * 1024 + 17));
        Files.write(deep.resolve("zeros"), new byte[1024 * 1024]);
        Files.write(deep.resolve("text"), "compress me ".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        try (FileChannel sparse = FileChannel.open(
                root.resolve("sparse"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            sparse.write(ByteBuffer.wrap(new byte[] {1}), 3 * 1024 * 1024);
        }
        Files.createLink(root.resolve("a/hard-2"), root.resolve("plain.txt"));
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("/nowhere/at all"));
        Files.createSymbolicLink(root.resolve("relative"), Path.of("a/../plain.txt"));
        Posix.makeFifo(root.resolve("fifo"));
        mode(root.resolve("plain.txt"), 0644);
        mode(Files.writeString(root.resolve("setuid"), "#!"), 04755);
        mode(Files.writeString(root.resolve("unreadable"), "secret"), 0);
        mode(Files.createDirectory(root.resolve("sticky")), 01777);
        mode(Files.createDirectory(root.resolve("setgid")), 02750);
        Posix.setTimes(Files.writeString(root.resolve("old"), "old"), Instant.parse("1930-02-03T04:05:06.123456789Z"));
        Posix.setTimes(
                Files.writeString(root.resolve("future"), "new"), Instant.parse("2199-02-03T04:05:06.000000001Z"));
        Posix.setTimes(root.resolve("dangling"), Instant.parse("2001-01-01T00:00:00.000000007Z"));
        Posix.setTimes(root.resolve("a/empty-dir"), Instant.parse("2002-02-02T02:02:02.2Z"));
        if (Self.UID == 0) {
            Files.setAttribute(root.resolve("old"), "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(root.resolve("dangling"), "unix:gid", 54321, LinkOption.NOFOLLOW_LINKS);
        }
        return root;
    }

    /** The same with extended attributes and access control lists. */
    static Path withAttributes(Path root) throws IOException {
        create(root);
        attribute(root.resolve("plain.txt"), "user.comment", "kept");
        attribute(root.resolve("plain.txt"), "user.binary", "\0\u00ff");
        attribute(root.resolve("plain.txt"), "user.empty", "");
        attribute(root.resolve("setgid"), "user.of-directory", "x".repeat(2000));
        attribute(root.resolve("a"), "system.posix_acl_default", ACL);
        attribute(root.resolve("a/b/c/text"), "system.posix_acl_access", ACL);
        Posix.setTimes(root.resolve("a/b"), Instant.parse("2003-03-03T03:03:03.3Z"));
        return root;
    }

    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** @param value a character for each byte */
    public static void attribute(Path path, String name, String value) throws IOException {
        Posix.setAttribute(path, name, value.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void mode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }
}
