package dev.juggler.process;

import dev.juggler.process.ChildProtocol.Assignment;
import dev.juggler.process.ChildProtocol.ChildMessage;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;

/**
 * The connection of a child JVM to its parent, over stdin and stdout. What the code of the child prints goes to stderr
 * instead. Its methods may be called from any thread.
 */
public final class ParentLink {
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), false, ChildProtocol.CHARSET);

    private ParentLink() {}

    /**
     * Serves the parent until stdin ends or the parent's process does, then ends this JVM. To be called by the main
     * method of a child; never returns. The exit code is 0 after an end of stdin, else 1.
     */
    public static void serve(ChildService.Starter starter) {
        System.setOut(System.err);
        ParentLink parent = new ParentLink();
        int code = 1;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, ChildProtocol.CHARSET))) {
            String first = in.readLine();
            // Without a first line the parent has ended, and needs no answer.
            if (first != null) {
                parent.serve(Assignment.parse(first), starter, in);
                code = 0;
            }
        } catch (Exception | LinkageError e) {
            parent.send(new ChildMessage.Failed(String.valueOf(e.getMessage())));
        } finally {
            // Threads that are not daemons would keep an orphan alive, whatever was thrown.
            Runtime.getRuntime().halt(code);
        }
    }

    private void serve(Assignment assignment, ChildService.Starter starter, BufferedReader in) throws Exception {
        ChildService service = starter.start(assignment.payload(), this);
        // A program that inherited the parent's end of the pipe may keep stdin open when the parent ends.
        ProcessHandle.of(assignment.parentPid()).ifPresent(process -> {
            var _ = process.onExit().thenRun(() -> endOrphan(service));
        });
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            service.receive(line);
        }
        service.end();
        send(new ChildMessage.Done());
    }

    private static void endOrphan(ChildService service) {
        try {
            service.end();
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Reports that the service accepts messages. */
    public void ready() {
        send(new ChildMessage.Ready());
    }

    /** Answers the parent's oldest open request, in one line. */
    public void reply(String text) {
        send(new ChildMessage.Reply(text));
    }

    /** Reports that the service cannot start, and ends this JVM. */
    public void fail(String reason) {
        send(new ChildMessage.Failed(reason));
        Runtime.getRuntime().halt(1);
    }

    private synchronized void send(ChildMessage message) {
        // A write to a parent that has ended fails silently; the end of stdin reports that.
        out.print(message.line() + "\n");
        out.flush();
    }
}
