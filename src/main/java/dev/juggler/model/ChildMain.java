package dev.juggler.model;

import dev.juggler.bus.WireRecords;
import dev.juggler.process.ChildProcess;
import dev.juggler.process.SignalHandlers;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * The entry point of a child process: reads its order from stdin, works, and ends when stdin does. What tasks print
 * goes to stderr; stdout is for what the parent is told.
 */
public final class ChildMain {
    private static final String DRAIN = "drain";
    private static final String CANCEL = "cancel ";

    private ChildMain() {}

    /** What tells a child to begin no more tasks. */
    static String drain() {
        return DRAIN;
    }

    /** What tells a child to end the tasks it has begun. */
    static String cancel(String reason) {
        return CANCEL + reason;
    }

    /** Runs until stdin ends, then ends the JVM. */
    public static void main(String[] args) {
        // A Ctrl-C at the terminal is for all processes there; what comes of it the parent says.
        SignalHandlers.handle("INT", () -> {});
        SignalHandlers.handle("HUP", () -> {});
        // Now, on one thread: threads that log their first lines at the same time make SLF4J warn of it.
        LoggerFactory.getILoggerFactory();
        PrintStream parent = System.out;
        System.setOut(System.err);
        int code = 1;
        try (DataInputStream in = new DataInputStream(System.in)) {
            ChildWorkers child = new ChildWorkers(WireRecords.of(ChildAssignment.class, in.readNBytes(in.readInt())));
            child.start()
                    .onSuccess(ready -> {
                        say(parent, ChildProcess.READY);
                        child.open();
                    })
                    .onFailure(failure -> {
                        say(parent, ChildProcess.FAILED + failure.getMessage());
                        Runtime.getRuntime().halt(1);
                    });
            obey(child, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
            child.end();
            say(parent, ChildProcess.DONE);
            code = 0;
        } catch (IOException parentEnded) {
            // It had not sent the whole order: nobody is left to be told.
            return;
        } finally {
            // Whatever was thrown: threads that are no daemons would keep an orphan alive.
            Runtime.getRuntime().halt(code);
        }
    }

    private static void say(PrintStream parent, String line) {
        parent.println(line);
        parent.flush();
    }

    private static void obey(ChildWorkers child, BufferedReader orders) throws IOException {
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            if (line.equals(DRAIN)) {
                child.drain();
            } else if (line.startsWith(CANCEL)) {
                child.cancel(line.substring(CANCEL.length()));
            }
        }
    }
}
