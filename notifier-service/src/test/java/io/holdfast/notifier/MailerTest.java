package io.holdfast.notifier;

import static io.holdfast.notifier.Given.notice;
import static io.holdfast.notifier.Given.server;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.holdfast.events.PlanRecord.MailServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailerTest {

    private final GreenMail catcher = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp").dynamicPort());
    private final Mailer mailer = new Mailer(
            Duration.ofSeconds(5),
            null,
            name -> Map.of("MAIL", "secret", "OLD", "s3cret").get(name));

    @BeforeEach
    void start() {
        catcher.start();
    }

    @AfterEach
    void stop() {
        catcher.stop();
    }

    @Test
    void handsInAMailThatTellsWhoItIs() throws Exception {
        assertThat(mailer.send(plain(), notice("n1"))).isEqualTo(new Delivery.Delivered());

        var mail = catcher.getReceivedMessages()[0];
        assertThat(mail.getHeader("Message-ID")).containsExactly("<n1@holdfast>");
        assertThat(mail.getHeader("References")).containsExactly("<inc-1@holdfast>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getSubject()).isEqualTo("[INCIDENT] CRITICAL: shop/db");
        assertThat(mail.getFrom()[0]).hasToString("holdfast@example.org");
        assertThat(mail.getAllRecipients()).singleElement().hasToString("first@example.org");
        assertThat(mail.getContent().toString()).isEqualToNormalizingNewlines("Grüße\nüber zwei Zeilen");
    }

    @Test
    void logsInWithThePasswordItIsPointedTo(@TempDir Path secrets) throws Exception {
        catcher.setUser("holdfast@example.org", "holdfast", "secret");
        Path file = Files.writeString(secrets.resolve("password"), "secret\n");

        assertThat(mailer.send(login("env:MAIL"), notice("n1"))).isEqualTo(new Delivery.Delivered());
        assertThat(mailer.send(login("file:" + file), notice("n2"))).isEqualTo(new Delivery.Delivered());
    }

    @Test
    void aWrongPasswordHoldsUpAllMailAndIsNotNamed() {
        catcher.setUser("holdfast@example.org", "holdfast", "secret");
        catcher.getUserManager().setAuthRequired(true);

        assertThat(mailer.send(login("env:OLD"), notice("n1")))
                .isInstanceOfSatisfying(Delivery.Postponed.class, postponed -> {
                    assertThat(postponed.code()).isEqualTo("HF-N02");
                    assertThat(postponed.anyMail()).isTrue();
                    assertThat(postponed.message())
                            .contains("refused the login of user 'holdfast'")
                            .doesNotContain("s3cret");
                });
        assertThat(catcher.getReceivedMessages()).isEmpty();
    }

    @Test
    void aMissingPasswordIsSaidAndWaitedFor() {
        assertThat(mailer.send(login("env:NONE"), notice("n1")))
                .isInstanceOfSatisfying(
                        Delivery.Postponed.class,
                        postponed ->
                                assertThat(postponed.message()).contains("the environment variable NONE is not set"));
    }

    @Test
    void aServerThatIsAwayHoldsUpAllMail() {
        MailServer server = plain();
        catcher.stop();

        assertThat(mailer.send(server, notice("n1"))).isInstanceOfSatisfying(Delivery.Postponed.class, postponed -> {
            assertThat(postponed.code()).isEqualTo("HF-N03");
            assertThat(postponed.anyMail()).isTrue();
        });
    }

    @Test
    void insistsOnStartTlsWhereThePlanAsksForIt() {
        assertThat(mailer.send(server(catcher.getSmtp().getPort(), true, null, null), notice("n1")))
                .isInstanceOfSatisfying(
                        Delivery.Postponed.class,
                        postponed -> assertThat(postponed.message()).contains("STARTTLS"));
        assertThat(catcher.getReceivedMessages()).isEmpty();
    }

    @Test
    void refusesLineBreaksInAddressAndTitle() {
        assertThat(mailer.send(plain(), notice("n1", "a@example.org\r\nBcc: b@example.org", "title")))
                .isInstanceOf(Delivery.Refused.class);
        assertThat(mailer.send(plain(), notice("n2", "a@example.org", "title\r\nBcc: b@example.org")))
                .isInstanceOf(Delivery.Refused.class);
        assertThat(mailer.send(plain(), notice("n3", "a@example.org, b@example.org", "title")))
                .isInstanceOf(Delivery.Refused.class);
        assertThat(catcher.getReceivedMessages()).isEmpty();
    }

    private MailServer plain() {
        return server(catcher.getSmtp().getPort(), false, null, null);
    }

    private MailServer login(String password) {
        return server(catcher.getSmtp().getPort(), false, "holdfast", password);
    }
}
