package io.holdfast.embedded.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.subethamail.smtp.TooMuchDataException;

/** Mails as files, named so that their names sort by the time they came. A file ending in .eml is complete. */
final class MailFolder {

    private static final String COMPLETE = ".eml";
    private static final String UNFINISHED = ".part";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path directory;
    private final int maxMails;
    private final Clock clock;
    private final AtomicInteger count = new AtomicInteger();

    private MailFolder(Path directory, int maxMails, Clock clock) {
        this.directory = directory;
        this.maxMails = maxMails;
        this.clock = clock;
    }

    static MailFolder open(Path directory, int maxMails, Clock clock) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        MailFolder folder = new MailFolder(directory, maxMails, clock);
        for (Path unfinished : folder.files(UNFINISHED)) {
            Files.delete(unfinished);
        }
        return folder;
    }

    /**
     * Keeps one mail, with the envelope in front of it as a mail server does that delivers.
     *
     * @throws TooMuchDataException when it is larger than {@code maxBytes}; then nothing is kept
     */
    void keep(String sender, List<String> recipients, InputStream data, int maxBytes)
            throws IOException, TooMuchDataException {
        String name = "%s-%06d".formatted(NAME.format(clock.instant()), count.incrementAndGet() % 1_000_000);
        Path unfinished = directory.resolve(name + UNFINISHED);
        try {
            write(unfinished, envelope(sender, recipients), data, maxBytes);
            Files.move(unfinished, directory.resolve(name + COMPLETE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        dropOldest();
    }

    private static String envelope(String sender, List<String> recipients) {
        String to = recipients.stream()
                .map(recipient -> "Delivered-To: " + recipient + "\r\n")
                .collect(Collectors.joining());
        return "Return-Path: <" + sender + ">\r\n" + to;
    }

    private static void write(Path file, String envelope, InputStream data, int maxBytes)
            throws IOException, TooMuchDataException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel =
                        FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode);
                OutputStream out = Channels.newOutputStream(channel)) {
            out.write(envelope.getBytes(UTF_8));
            byte[] buffer = new byte[8192];
            long size = 0;
            for (int n = data.read(buffer); n != -1; n = data.read(buffer)) {
                size += n;
                if (size > maxBytes) {
                    throw new TooMuchDataException();
                }
                out.write(buffer, 0, n);
            }
            channel.force(true);
        }
    }

    private synchronized void dropOldest() throws IOException {
        List<Path> mails = files(COMPLETE);
        for (Path old : mails.subList(0, Math.max(0, mails.size() - maxMails))) {
            Files.deleteIfExists(old);
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
