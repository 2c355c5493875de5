package io.holdfast.notifier;

import io.holdfast.events.NoticeEvent.NoticeRequested;
import io.holdfast.events.PlanRecord.MailServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Hands one notice to a mail server. The Message-ID is the notice's, so that a duplicate can be told as one. */
final class Mailer {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final Duration timeout;
    private final @Nullable String trustedHost;
    private final Function<String, @Nullable String> environment;

    Mailer(Duration timeout, @Nullable String trustedHost, Function<String, @Nullable String> environment) {
        this.timeout = timeout;
        this.trustedHost = trustedHost;
        this.environment = environment;
    }

    Delivery send(MailServer server, NoticeRequested notice) {
        InternetAddress to;
        try {
            to = address(notice);
        } catch (AddressException e) {
            return new Delivery.Refused(
                    "HF-N04",
                    "The notice %s is not sent: %s. Correct the address in the plan's contacts or levels."
                            .formatted(notice.notice(), e.getMessage()));
        }
        try {
            JavaMailSenderImpl sender = sender(server);
            sender.send(message(sender, server, to, notice));
            return new Delivery.Delivered();
        } catch (IllegalStateException e) {
            return new Delivery.Postponed(
                    "HF-N02",
                    "The password for mail server %s:%d is not there: %s. The notice is kept and sent once it is."
                            .formatted(server.host(), server.port(), e.getMessage()),
                    true);
        } catch (MailException | MessagingException e) {
            return MailFailures.delivery(e, server, notice);
        }
    }

    private static InternetAddress address(NoticeRequested notice) throws AddressException {
        if (CONTROL.matcher(notice.address()).find()) {
            throw new AddressException("its address holds a line break or another control character");
        }
        if (CONTROL.matcher(notice.title()).find()) {
            throw new AddressException("its title holds a line break or another control character");
        }
        InternetAddress[] parsed = InternetAddress.parse(notice.address(), true);
        if (parsed.length != 1 || parsed[0].isGroup()) {
            throw new AddressException("'%s' is not one mail address".formatted(notice.address()));
        }
        return parsed[0];
    }

    private JavaMailSenderImpl sender(MailServer server) {
        var sender = new JavaMailSenderImpl();
        sender.setHost(server.host());
        sender.setPort(server.port());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        if (server.user() != null) {
            sender.setUsername(server.user());
        }
        if (server.password() != null) {
            sender.setPassword(new SecretReference(server.password()).resolve(environment));
        }
        sender.setJavaMailProperties(properties(server));
        return sender;
    }

    private Properties properties(MailServer server) {
        var properties = new Properties();
        String limit = String.valueOf(timeout.toMillis());
        properties.setProperty("mail.smtp.connectiontimeout", limit);
        properties.setProperty("mail.smtp.timeout", limit);
        properties.setProperty("mail.smtp.writetimeout", limit);
        properties.setProperty("mail.smtp.auth", String.valueOf(server.user() != null));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(server.startTls()));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(server.startTls()));
        properties.setProperty(
                "mail.smtp.ssl.checkserveridentity",
                String.valueOf(!server.host().equals(trustedHost)));
        if (trustedHost != null) {
            properties.setProperty("mail.smtp.ssl.trust", trustedHost);
        }
        return properties;
    }

    private static MimeMessage message(
            JavaMailSenderImpl sender, MailServer server, InternetAddress to, NoticeRequested notice)
            throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        message.setFrom(new InternetAddress(server.from(), true));
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(notice.title(), StandardCharsets.UTF_8.name());
        message.setText(notice.body(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(notice.at()));
        message.setHeader("Message-ID", "<%s@holdfast>".formatted(notice.notice()));
        message.setHeader("References", "<%s@holdfast>".formatted(notice.incident()));
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }
}
