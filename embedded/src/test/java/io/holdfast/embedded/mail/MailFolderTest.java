package io.holdfast.embedded.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.commons.io.input.BrokenInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.TooMuchDataException;

class MailFolderTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T02:03:04.5Z"), ZoneOffset.UTC);

    @TempDir
    private Path parent;

    @Test
    void keepsAMailWithItsEnvelopeForItsOwnerOnly() throws Exception {
        MailFolder folder = open(10);

        folder.keep(
                "holdfast@localhost", List.of("ops@example.org", "cto@example.org"), text("Subject: x\r\n\r\nhi"), 100);

        Path mail = mails().getFirst();
        assertThat(mail.getFileName()).hasToString("20260301T020304.500000Z-000001.eml");
        assertThat(mail).hasContent("""
                        Return-Path: <holdfast@localhost>\r
                        Delivered-To: ops@example.org\r
                        Delivered-To: cto@example.org\r
                        Subject: x\r
                        \r
                        hi""");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mail)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
    }

    @Test
    void keepsNothingOfAMailThatIsTooLarge() throws IOException {
        MailFolder folder = open(10);

        assertThatThrownBy(() -> folder.keep("a", List.of("b"), text("12345"), 4))
                .isInstanceOf(TooMuchDataException.class);

        assertThat(directory()).isEmptyDirectory();
    }

    @Test
    void keepsNothingOfAMailThatBreaksOff() throws IOException {
        MailFolder folder = open(10);
        InputStream broken = new BrokenInputStream(() -> new IOException("connection reset"));

        assertThatThrownBy(() -> folder.keep("a", List.of("b"), broken, 4)).hasMessage("connection reset");

        assertThat(directory()).isEmptyDirectory();
    }

    @Test
    void dropsTheOldestMails() throws Exception {
        MailFolder folder = open(2);

        for (String mail : List.of("one", "two", "three")) {
            folder.keep("a", List.of("b"), text(mail), 100);
        }

        assertThat(mails()).hasSize(2);
        assertThat(mails().getFirst()).content().endsWith("two");
        assertThat(mails().getLast()).content().endsWith("three");
    }

    @Test
    void removesWhatAKilledProcessLeft() throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("20260301T020304.500000Z-000001.part"), "half");

        open(2);

        assertThat(directory()).isEmptyDirectory();
    }

    private MailFolder open(int maxMails) throws IOException {
        return MailFolder.open(directory(), maxMails, CLOCK);
    }

    private List<Path> mails() throws IOException {
        try (var files = Files.list(directory())) {
            return files.sorted().toList();
        }
    }

    private Path directory() {
        return parent.resolve("mail");
    }

    private static InputStream text(String content) {
        return new ByteArrayInputStream(content.getBytes(UTF_8));
    }
}
