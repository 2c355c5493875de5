package io.holdfast.notifier;

import static io.holdfast.notifier.Given.notice;
import static io.holdfast.notifier.Given.server;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import io.holdfast.events.PlanRecord.MailServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.auth.PlainAuthenticationHandlerFactory;
import org.subethamail.smtp.server.SMTPServer;

/** Against a server that insists on STARTTLS and a login, and refuses some addressees. */
class StartTlsTest {

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    private final List<String> addressees = new CopyOnWriteArrayList<>();
    private @Nullable SMTPServer server;

    @BeforeEach
    void start() throws Exception {
        var started = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .startTlsSocketFactory(certificate())
                .enableTLS()
                .requireTLS()
                .requireAuth()
                .authenticationHandlerFactory(new PlainAuthenticationHandlerFactory((user, password, _) -> {
                    if (!password.equals("secret")) {
                        throw new LoginFailedException();
                    }
                }))
                .messageHandlerFactory(_ -> new Keeper())
                .build();
        started.start();
        server = started;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void encryptsAndLogsIn() {
        assertThat(mailer("127.0.0.1", "secret").send(planned(), notice("n1"))).isEqualTo(new Delivery.Delivered());
        assertThat(addressees).containsExactly("first@example.org");
    }

    @Test
    void trustsNoCertificateThatNobodyVouchesFor() {
        assertThat(mailer(null, "secret").send(planned(), notice("n1")))
                .isInstanceOfSatisfying(
                        Delivery.Postponed.class,
                        postponed -> assertThat(postponed.code()).isEqualTo("HF-N03"));
        assertThat(addressees).isEmpty();
    }

    @Test
    void aWrongPasswordIsAMatterForTheOperator() {
        assertThat(mailer("127.0.0.1", "wrong").send(planned(), notice("n1")))
                .isInstanceOfSatisfying(Delivery.Postponed.class, postponed -> {
                    assertThat(postponed.code()).isEqualTo("HF-N02");
                    assertThat(postponed.message()).doesNotContain("wrong");
                });
    }

    @Test
    void anAddressThatIsRefusedForGoodIsGivenUp() {
        assertThat(mailer("127.0.0.1", "secret").send(planned(), notice("n1", "gone@example.org", "title")))
                .isInstanceOfSatisfying(
                        Delivery.Refused.class,
                        refused -> assertThat(refused.message()).contains("gone@example.org", "550"));
    }

    @Test
    void anAddressThatIsBusyWaitsAlone() {
        assertThat(mailer("127.0.0.1", "secret").send(planned(), notice("n1", "busy@example.org", "title")))
                .isInstanceOfSatisfying(
                        Delivery.Postponed.class,
                        postponed -> assertThat(postponed.anyMail()).isFalse());
    }

    private MailServer planned() {
        return server(server == null ? 0 : server.getPortAllocated(), true, "holdfast", "env:MAIL");
    }

    private static Mailer mailer(@Nullable String trusted, String password) {
        return new Mailer(Duration.ofSeconds(5), trusted, _ -> password);
    }

    private static SSLContext certificate() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = DummySSLServerSocketFactory.class.getResourceAsStream("/greenmail.p12")) {
            store.load(file, STORE_PASSWORD);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private final class Keeper implements MessageHandler {

        private String addressee = "";

        @Override
        public void from(String from) {}

        @Override
        public void recipient(String recipient) throws RejectException {
            addressee = switch (recipient) {
                case "gone@example.org" -> throw new RejectException(550, "no such user");
                case "busy@example.org" -> throw new RejectException(451, "try again later");
                default -> recipient;
            };
        }

        @Override
        public @Nullable String data(InputStream data) {
            addressees.add(addressee);
            return null;
        }

        @Override
        public void done() {}
    }
}
