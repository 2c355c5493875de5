package io.holdfast.monitor;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A record that was set aside: where it came from and why. Both are foreign text, cut to what a message can hold. */
record DeadLetter(String topic, String reason) {

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int MOST = 300;

    static DeadLetter of(@Nullable String topic, String reason) {
        String line = CONTROL.matcher(reason).replaceAll(" ");
        return new DeadLetter(
                topic != null && TOPIC.matcher(topic).matches() ? topic : "unknown",
                line.length() > MOST ? line.substring(0, MOST) + "…" : line);
    }
}
