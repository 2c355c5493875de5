package io.holdfast.embedded.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.embedded.LoopbackPorts;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailCatcherIT {

    @TempDir
    private Path directory;

    @Test
    void keepsAMailThatWasSent() throws Exception {
        try (MailCatcher catcher = MailCatcher.start(MailSettings.in(directory, 0), Clock.systemUTC())) {
            send(catcher, "Backup of shop/db is stale", "Look at it.\n.\nA line with a dot.");
        }

        assertThat(mails()).singleElement().satisfies(mail -> {
            assertThat(mail.getFileName().toString()).endsWith(".eml");
            assertThat(mail)
                    .content()
                    .contains("Delivered-To: ops@example.org", "Subject: Backup of shop/db is stale")
                    .contains("Look at it.\r\n.\r\nA line with a dot.");
        });
    }

    @Test
    void refusesAMailThatIsTooLarge() throws Exception {
        try (MailCatcher catcher = MailCatcher.start(new MailSettings(directory, 0, 10_000, 10), Clock.systemUTC())) {
            assertThatThrownBy(() ->
                            send(catcher, "large", "x".repeat(900).concat("\n").repeat(20)))
                    .isInstanceOf(MessagingException.class)
                    .hasStackTraceContaining("552");
            send(catcher, "small", "fits");
        }

        assertThat(mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail).content().contains("Subject: small"));
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral(LoopbackPorts.HOST))) {
            var settings = MailSettings.in(directory, other.getLocalPort());

            assertThatThrownBy(() -> MailCatcher.start(settings, Clock.systemUTC()))
                    .hasMessageStartingWith("HF-S01 Cannot open port " + other.getLocalPort());
        }
    }

    @Test
    void saysWhenItsDirectoryCannotBeUsed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> MailCatcher.start(MailSettings.in(file.resolve("mail"), 0), Clock.systemUTC()))
                .hasMessageStartingWith("HF-S31 Cannot keep mails in " + file.resolve("mail"));
    }

    private static void send(MailCatcher catcher, String subject, String text) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", LoopbackPorts.HOST);
        properties.setProperty("mail.smtp.port", Integer.toString(catcher.port()));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("holdfast@localhost"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("ops@example.org"));
        message.setSubject(subject);
        message.setText(text);
        Transport.send(message);
    }

    private List<Path> mails() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }
}
