package io.holdfast.cli.verb;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** Keeps what libraries log off standard output. */
final class Logging {

    /** Under this name Boot marks a context that it has configured itself. */
    private static final String BOOT = "org.springframework.boot.logging.LoggingSystem";

    private Logging() {}

    /** Our own warnings go to standard error, others' nowhere; when debugging, everything from INFO up goes there. */
    static synchronized void toStandardError(boolean debug) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context) || context.getObject(BOOT) != null) {
            return;
        }
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(debug ? "%date{ISO8601} %-5level %logger{20} %msg %kvp%n" : "%msg %kvp%n%nopex");
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(debug ? Level.INFO : Level.OFF);
        context.getLogger("io.holdfast").setLevel(debug ? Level.INFO : Level.WARN);
    }
}
