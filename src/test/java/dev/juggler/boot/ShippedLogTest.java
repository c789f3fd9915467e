package dev.juggler.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedLogTest {
    private static final Path SHIPPED = Path.of("conf", "logback.xml");
    private final String before = System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY);

    @TempDir
    private Path folder;

    @AfterEach
    void restore() {
        name(before);
    }

    private static void name(String file) {
        if (file == null) {
            System.clearProperty(ClassicConstants.CONFIG_FILE_PROPERTY);
        } else {
            System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, file);
        }
    }

    @Test
    void doesWhatTheFileSays() throws Exception {
        LoggerContext read = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(read);
        configurator.doConfigure(SHIPPED.toFile());
        LoggerContext log = new LoggerContext();
        name(SHIPPED.toString());

        assertEquals(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY, new ShippedLog().configure(log));

        assertEquals(loggers(read), loggers(log));
        assertEquals(
                read.getStatusManager().getCopyOfStatusListenerList().size(),
                log.getStatusManager().getCopyOfStatusListenerList().size());
    }

    @Test
    void leavesAFileThatSomebodyHasChangedToLogback() throws Exception {
        Path changed = Files.writeString(
                folder.resolve("logback.xml"), Files.readString(SHIPPED).replace("\"WARN\"", "\"DEBUG\""));
        for (String file : new String[] {changed.toString(), folder + "/nowhere.xml", "\0", null}) {
            name(file);
            LoggerContext log = new LoggerContext();
            assertEquals(ExecutionStatus.INVOKE_NEXT_IF_ANY, new ShippedLog().configure(log));
            assertNull(log.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr"));
        }
    }

    @Test
    void readsAPatternWhenThereIsSomethingToLog() {
        LoggerContext log = new LoggerContext();
        ShippedLog.setUp(log);
        ConsoleAppender<ILoggingEvent> stderr = (ConsoleAppender<ILoggingEvent>)
                log.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr");
        PatternLayoutEncoder encoder = (PatternLayoutEncoder) stderr.getEncoder();
        assertTrue(encoder.isStarted());
        assertNull(encoder.getLayout());
        Logger logger = log.getLogger("some.place");
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, "two\nlines", null, null);
        for (int i = 0; i < 2; i++) {
            assertEquals("WARN  some.place: two lines \n", new String(encoder.encode(event), StandardCharsets.UTF_8));
        }
    }

    /** Returns the configuration of each logger that is set. */
    private static Map<String, List<Object>> loggers(LoggerContext log) {
        Map<String, List<Object>> all = new TreeMap<>();
        for (Logger logger : log.getLoggerList()) {
            List<Object> said = new ArrayList<>();
            said.add(String.valueOf(logger.getLevel()));
            said.add(logger.isAdditive());
            logger.iteratorForAppenders().forEachRemaining(appender -> {
                ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) appender;
                said.addAll(List.of(console.getName(), console.getTarget(), console.isStarted()));
                said.add(((PatternLayoutEncoder) console.getEncoder()).getPattern());
            });
            all.put(logger.getName(), said);
        }
        return all;
    }
}
