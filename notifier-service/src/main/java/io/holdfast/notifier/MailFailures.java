package io.holdfast.notifier;

import io.holdfast.events.NoticeEvent.NoticeRequested;
import io.holdfast.events.PlanRecord.MailServer;
import jakarta.mail.MessagingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailSendException;

/** What the ways a mail can fail mean: whether trying again has sense, and what an operator should do. */
final class MailFailures {

    /** Replies that complain about the login and not about the mail. */
    private static final Set<Integer> ABOUT_THE_LOGIN = Set.of(530, 534, 535, 538);

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int LONGEST = 300;

    private MailFailures() {}

    static Delivery delivery(Exception failure, MailServer server, NoticeRequested notice) {
        if (failure instanceof MailAuthenticationException) {
            return loginRefused(failure, server);
        }
        List<Throwable> all = all(failure);
        Optional<Integer> reply = reply(all);
        if (reply.filter(ABOUT_THE_LOGIN::contains).isPresent()) {
            return loginRefused(failure, server);
        }
        if (reply.filter(code -> code >= 500).isPresent()) {
            return new Delivery.Refused(
                    "HF-N04",
                    "Mail server %s:%d refused the mail to %s for good: %s. It is not sent again. Correct the address in the plan, or ask whoever runs the server."
                            .formatted(server.host(), server.port(), notice.address(), reason(all)));
        }
        return new Delivery.Postponed(
                "HF-N03",
                "Mail server %s:%d did not take the mail to %s: %s. The notice is kept and tried again. See that the server answers, or correct the plan's mail section."
                        .formatted(server.host(), server.port(), notice.address(), reason(all)),
                reply.isEmpty());
    }

    private static Delivery loginRefused(Exception failure, MailServer server) {
        return new Delivery.Postponed(
                "HF-N02",
                "Mail server %s:%d refused the login of user '%s': %s. Notices are kept and sent once it works. Correct user or password."
                        .formatted(server.host(), server.port(), server.user(), reason(all(failure))),
                true);
    }

    /** The server's reply to this mail and its addressee; a refused sender says nothing against the mail. */
    private static Optional<Integer> reply(List<Throwable> all) {
        return all.stream()
                .map(failure -> switch (failure) {
                    case SMTPAddressFailedException address -> address.getReturnCode();
                    case SMTPSendFailedException send -> send.getReturnCode();
                    default -> -1;
                })
                .filter(code -> code > 0)
                .findFirst();
    }

    private static String reason(List<Throwable> all) {
        String text = CONTROL.matcher(String.valueOf(all.getLast().getMessage()))
                .replaceAll(" ")
                .strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** The failure with its causes and companions, outermost first. */
    private static List<Throwable> all(Throwable failure) {
        var found = new ArrayList<Throwable>();
        var seen = new HashSet<Throwable>();
        var next = new ArrayDeque<Throwable>();
        next.add(failure);
        while (!next.isEmpty()) {
            Throwable current = next.poll();
            if (seen.add(current)) {
                found.add(current);
                companions(current).forEach(next::add);
            }
        }
        return found;
    }

    private static List<Throwable> companions(Throwable failure) {
        var companions = new ArrayList<Throwable>();
        add(companions, failure.getCause());
        switch (failure) {
            case MailSendException several -> companions.addAll(Arrays.asList(several.getMessageExceptions()));
            case MessagingException chained -> add(companions, chained.getNextException());
            default -> {}
        }
        return companions;
    }

    private static void add(List<Throwable> all, @Nullable Throwable one) {
        if (one != null) {
            all.add(one);
        }
    }
}
