package dev.juggler.boot;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Configures logging as {@code conf/logback.xml} does, without Logback's parsing of it, which took a quarter of a
 * start. If that file was changed, Logback parses it. Logback finds this class as a service.
 */
public final class ShippedLog extends ContextAwareBase implements Configurator {
    private static final String FILE = "logback.xml";

    /** A message in one line, with the first line of an exception, and without control characters. */
    private static final String MESSAGE = "%replace(%msg %ex{1}){'[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+', ' '}%nopex%n";

    /** Called by Logback. */
    public ShippedLog() {}

    /** Configures logging when the file that {@code logback.configurationFile} names is as it was shipped. */
    @Override
    public ExecutionStatus configure(LoggerContext log) {
        if (!isAsShipped(System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY))) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        setUp(log);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean isAsShipped(String file) {
        try {
            return file != null && ShippedFile.is(Path.of(file), FILE);
        } catch (InvalidPathException e) {
            return false; // Logback reports what is wrong with it.
        }
    }

    /** Applies the content of {@code conf/logback.xml}. */
    static void setUp(LoggerContext log) {
        log.getStatusManager().add(new NopStatusListener());
        Logger root = log.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(stderr(log, "stderr", "%-5level %logger{20}: " + MESSAGE));
        log.getLogger("io.vertx.launcher.application").setLevel(Level.OFF);
        log.getLogger("com.hazelcast").setLevel(Level.ERROR);
        log.getLogger("com.hazelcast.instance.impl.HazelcastInstanceFactory").setLevel(Level.ERROR);
        Logger node = log.getLogger("dev.juggler.node");
        node.setLevel(Level.INFO);
        node.setAdditive(false);
        node.addAppender(stderr(log, "node", "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level " + MESSAGE));
    }

    private static Appender<ILoggingEvent> stderr(LoggerContext log, String name, String pattern) {
        PatternLayoutEncoder encoder = new LazyPatternEncoder();
        encoder.setContext(log);
        encoder.setPattern(pattern);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(log);
        appender.setName(name);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
