package io.holdfast.vault.files;

import io.holdfast.vault.tree.Name;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * File names as bytes. A {@link Path} keeps the bytes it came with, but its text form loses those that are not text in
 * the JVM's locale; its URI form spells each of them, in both directions.
 */
public final class RawPaths {

    private static final boolean UTF_8 =
            StandardCharsets.UTF_8.name().equalsIgnoreCase(System.getProperty("sun.jnu.encoding", ""));

    private RawPaths() {}

    /** The last part of a path. */
    public static Name nameOf(Path path) {
        Path last = path.getFileName();
        if (last == null) {
            throw new IllegalArgumentException("'%s' has no name".formatted(path));
        }
        String text = last.toString();
        if (isLossless(text)) {
            return Name.of(text);
        }
        String uri = path.toUri().getRawPath();
        int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
        return Name.of(decode(uri.substring(uri.lastIndexOf('/', end - 1) + 1, end)));
    }

    /** A link's target, which may be relative and of several parts. */
    public static Name targetOf(Path target) {
        String text = target.toString();
        if (isLossless(text)) {
            return Name.of(text);
        }
        String uri = Path.of("/").resolve(target).toUri().getRawPath();
        int start = target.isAbsolute() ? 0 : 1;
        boolean addedSlash = uri.endsWith("/") && !text.endsWith("/");
        return Name.of(decode(uri.substring(start, addedSlash ? uri.length() - 1 : uri.length())));
    }

    /** The entry of a directory with this name, which must be safe. */
    public static Path resolve(Path directory, Name name) {
        String text = name.toString();
        if (UTF_8 && name.isText()) {
            return directory.resolve(text);
        }
        return directory.resolve(relative(name));
    }

    /** A path from raw bytes, as a link's target is given. */
    public static Path target(Name raw) {
        if (UTF_8 && raw.isText()) {
            return Path.of(raw.toString());
        }
        return raw.raw().length > 0 && raw.raw()[0] == '/' ? absolute(raw) : relative(raw);
    }

    /** The absolute path's bytes, as system calls take them. */
    static byte[] bytesOf(Path path) {
        String text = path.toAbsolutePath().toString();
        if (isLossless(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        String uri = path.toUri().getRawPath();
        return decode(uri.endsWith("/") && uri.length() > 1 ? uri.substring(0, uri.length() - 1) : uri);
    }

    private static Path relative(Name name) {
        Path absolute = absolute(name);
        return absolute.subpath(0, absolute.getNameCount());
    }

    private static Path absolute(Name name) {
        StringBuilder uri = new StringBuilder("file:///");
        for (byte each : name.raw()) {
            if (each == '/') {
                uri.append('/');
            } else {
                uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    private static boolean isLossless(String text) {
        return UTF_8 && text.indexOf('\ufffd') < 0;
    }

    private static byte[] decode(String encoded) {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        int at = 0;
        while (at < encoded.length()) {
            char ch = encoded.charAt(at);
            if (ch == '%') {
                raw.write(HexFormat.fromHexDigits(encoded, at + 1, at + 3));
                at += 3;
            } else {
                raw.write(ch);
                at++;
            }
        }
        return raw.toByteArray();
    }
}
