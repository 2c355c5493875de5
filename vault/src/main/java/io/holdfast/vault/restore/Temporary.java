package io.holdfast.vault.restore;

import io.holdfast.vault.tree.Name;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Names under which a restore writes what is not whole yet. One that is killed leaves them; the next removes them. */
final class Temporary {

    private static final String PREFIX = ".holdfast-restore-";
    private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "[0-9a-f]{16}");

    private Temporary() {}

    /** A name that nothing has. */
    static Name name() {
        return Name.of(
                PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    static boolean is(Name name) {
        return NAME.matcher(name.toString()).matches();
    }
}
