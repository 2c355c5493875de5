package io.holdfast.cli.verb;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version, as the jar's manifest tells it. */
public final class Version implements IVersionProvider {

    /** The number alone; run from classes, the program has none. */
    public static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(not packaged)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"holdfast " + number()};
    }
}
