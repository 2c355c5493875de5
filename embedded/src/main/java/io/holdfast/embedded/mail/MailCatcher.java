package io.holdfast.embedded.mail;

import io.holdfast.embedded.EmbeddedPartException;
import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.embedded.WriteFault;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.subethamail.smtp.server.SMTPServer;

/** Accepts every mail on loopback and keeps each as one {@code .eml} file; forwards none. */
public final class MailCatcher implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 20;
    private static final int MAX_RECIPIENTS = 100;

    private final SMTPServer server;

    private MailCatcher(SMTPServer server) {
        this.server = server;
    }

    /**
     * Returns when the server accepts mail.
     *
     * @throws EmbeddedPartException HF-S01 port in use, HF-S31 directory not usable, HF-S32 anything else
     */
    public static MailCatcher start(MailSettings settings, Clock clock) {
        MailFolder folder = open(settings, clock);
        SMTPServer server = SMTPServer.port(settings.port())
                .bindAddress(InetAddress.ofLiteral(LoopbackPorts.HOST))
                .hostName("localhost")
                .softwareName("Holdfast mail catcher")
                .serverThreadName("mail-catcher")
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("mail-catcher-", 0).factory()))
                .messageHandlerFactory(context -> new KeptMail(folder, settings.maxMailBytes()))
                .maxMessageSize(settings.maxMailBytes())
                .maxConnections(MAX_CONNECTIONS)
                .maxRecipients(MAX_RECIPIENTS)
                .connectionTimeout(30, TimeUnit.SECONDS)
                .build();
        try {
            server.start();
        } catch (RuntimeException e) {
            throw explain(e, settings);
        }
        return new MailCatcher(server);
    }

    private static MailFolder open(MailSettings settings, Clock clock) {
        try {
            return MailFolder.open(settings.directory(), settings.maxMails(), clock);
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    "HF-S31",
                    "Cannot keep mails in %s: %s"
                            .formatted(
                                    settings.directory(),
                                    WriteFault.of(e, e.toString(), settings.directory())
                                            .told("Nothing was changed.")),
                    e);
        }
    }

    private static EmbeddedPartException explain(RuntimeException failure, MailSettings settings) {
        return failure.getCause() instanceof BindException
                ? LoopbackPorts.inUse("mail", settings.port(), failure)
                : new EmbeddedPartException(
                        "HF-S32",
                        "Cannot start the mail catcher on port %d: %s. Nothing was changed. Start again, or name a mail server of your own in the plan."
                                .formatted(settings.port(), failure),
                        failure);
    }

    /** Where mail clients connect to, on 127.0.0.1. */
    public int port() {
        return server.getPortAllocated();
    }

    /** Stops accepting. A mail that was not acknowledged yet is not kept. Closing again does nothing. */
    @Override
    public void close() {
        server.stop();
    }
}
