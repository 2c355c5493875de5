package io.holdfast.standalone;

import ch.qos.logback.classic.Level;
import io.holdfast.cli.HoldfastCli;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code holdfast} program. */
public final class Holdfast {

    private Holdfast() {}

    public static void main(String[] arguments) {
        keepLibrariesQuiet();
        System.exit(HoldfastCli.run(arguments, UpCommand.class, ServiceCommand.class, GuardCommand.class));
    }

    /** A terminal is for answers. Services set up their own logging when they start. */
    private static void keepLibrariesQuiet() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.OFF);
        }
    }
}
