package dev.juggler.model.processes;

import dev.juggler.bus.WireRecords;
import dev.juggler.process.ChildService;
import dev.juggler.process.ParentLink;
import dev.juggler.process.SignalHandlers;
import org.slf4j.LoggerFactory;

/** The entry point of a child process. Output of tasks goes to stderr, because stdout belongs to the protocol. */
public final class ChildMain {
    /** The message after which a child begins no more tasks. */
    static final String DRAIN = "drain";

    private static final String CANCEL = "cancel ";

    private ChildMain() {}

    /** The message after which a child ends its running tasks. */
    static String cancel(String reason) {
        return CANCEL + reason;
    }

    /** Serves the parent until it ends, then ends the JVM. */
    public static void main(String[] args) {
        // A Ctrl-C at the terminal reaches all its processes; the parent decides and tells its children.
        SignalHandlers.handle("INT", () -> {});
        SignalHandlers.handle("HUP", () -> {});
        // Here, on one thread: SLF4J warns when several threads log their first lines at the same time.
        LoggerFactory.getILoggerFactory();
        ParentLink.serve(ChildMain::start);
    }

    private static ChildService start(byte[] assignment, ParentLink parent) {
        ChildWorkers workers = new ChildWorkers(WireRecords.of(ChildAssignment.class, assignment));
        workers.start()
                .onSuccess(ready -> {
                    parent.ready();
                    workers.open();
                })
                .onFailure(failure -> parent.fail(String.valueOf(failure.getMessage())));
        return new ChildService() {
            @Override
            public void receive(String message) {
                if (message.equals(DRAIN)) {
                    workers.drain();
                } else if (message.startsWith(CANCEL)) {
                    workers.cancel(message.substring(CANCEL.length()));
                }
            }

            @Override
            public void end() {
                workers.end();
            }
        };
    }
}
