package io.holdfast.embedded.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.TooMuchDataException;

/** One mail on its way into the folder. The sender gets "250" only when the mail is in its place. */
final class KeptMail implements MessageHandler {

    private static final int TOO_LARGE = 552;
    private static final int NOT_NOW = 452;
    private static final Logger LOG = LoggerFactory.getLogger(KeptMail.class);

    private final MailFolder folder;
    private final int maxBytes;
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";

    KeptMail(MailFolder folder, int maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    @Override
    public void from(String from) {
        sender = from;
    }

    @Override
    public void recipient(String recipient) {
        recipients.add(recipient);
    }

    @Override
    public @Nullable String data(InputStream data) throws RejectException {
        try {
            folder.keep(sender, recipients, data, maxBytes);
            return null;
        } catch (TooMuchDataException _) {
            throw new RejectException(TOO_LARGE, "Mail exceeds " + maxBytes + " bytes");
        } catch (IOException e) {
            LOG.warn("A mail could not be kept; its sender was told to try again", e);
            throw new RejectException(NOT_NOW, "Insufficient storage, try again later");
        }
    }

    @Override
    public void done() {
        // The mail was kept before it was acknowledged.
    }
}
