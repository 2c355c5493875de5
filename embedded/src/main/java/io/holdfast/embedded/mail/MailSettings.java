package io.holdfast.embedded.mail;

import java.nio.file.Path;

/**
 * The mail catcher's place and limits.
 *
 * @param directory where mails are kept, readable by their owner only; made when missing
 * @param port on 127.0.0.1; 0 lets the system choose
 * @param maxMailBytes a larger mail is refused
 * @param maxMails the oldest go when there are more
 */
public record MailSettings(Path directory, int port, int maxMailBytes, int maxMails) {

    private static final int DEFAULT_MAX_MAIL_BYTES = 10 << 20;
    private static final int DEFAULT_MAX_MAILS = 1_000;

    public MailSettings {
        if (maxMailBytes < 1 || maxMails < 1) {
            throw new IllegalArgumentException(
                    "maxMailBytes and maxMails must be at least 1, were %d and %d".formatted(maxMailBytes, maxMails));
        }
    }

    /** At most 1,000 mails of at most 10 MiB. */
    public static MailSettings in(Path directory, int port) {
        return new MailSettings(directory, port, DEFAULT_MAX_MAIL_BYTES, DEFAULT_MAX_MAILS);
    }
}
