package dev.juggler.process;

import dev.juggler.process.ChildProtocol.Assignment;
import dev.juggler.process.ChildProtocol.ChildMessage;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that this one has started, whose main method calls {@link ParentLink#serve}. It ends when its stdin does, and
 * so ends with this JVM, however that ends. Methods may be called from any thread and do not block unless they say so.
 */
public final class ChildProcess {
    /** A JVM that is not ready this long after its assignment never will be. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /** The wait for the last lines on the stderr of a child that has ended. */
    private static final long LAST_OUTPUT_MILLIS = 100;

    /** The wait for the last messages of a child that has ended. They are in the pipe already. */
    private static final long LAST_MESSAGES_MILLIS = 2_000;

    /** Exit codes above this one are the number of a signal plus this. */
    private static final int SIGNAL = 128;

    private static final int MAX_QUOTED = 80;

    private final Process process;
    private final BufferedWriter stdin;
    private final ExecutorService writer;
    private final ChildOutput output;
    private final Listener listener;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    /** The open requests in the order that they were sent; guarded by itself. */
    private final Queue<CompletableFuture<String>> requests = new ArrayDeque<>();
    /** Set when the child has ended; guarded by {@link #requests}. */
    private @Nullable String endReason;
    /** The reason for which this JVM killed the child, if any. */
    private final AtomicReference<@Nullable String> killReason = new AtomicReference<>();

    /** Receives the state of a child, on threads of the child. */
    public interface Listener {
        /** The child accepts messages. */
        void ready();

        /** The child has ended. Called once, and last. */
        void ended(String why);
    }

    private ChildProcess(String name, Process process, Listener listener) {
        this.process = process;
        this.listener = listener;
        this.output = new ChildOutput(name, process.errorReader());
        this.stdin = process.outputWriter(ChildProtocol.CHARSET);
        this.writer = writer(name);
    }

    /**
     * Creates the thread that writes to a child and starts it at once: later the system might have no thread left, and
     * the end of the child would go unreported. Writes to a child that has ended are dropped, since its exit is
     * reported.
     */
    private static ExecutorService writer(String name) {
        ThreadPoolExecutor writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("juggler-" + name + "-stdin").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        writer.prestartCoreThread();
        return writer;
    }

    /**
     * Starts a JVM. Blocks for the few milliseconds that this takes.
     *
     * @param name its name in messages and before its output
     * @param main the class whose main method it runs
     * @param computes see {@link JvmCommand#command}
     * @throws IOException if no process can be started
     */
    public static ChildProcess start(String name, Class<?> main, boolean computes, Listener listener)
            throws IOException {
        Process process = new ProcessBuilder(JvmCommand.command(main, computes)).start();
        try {
            ChildProcess child = new ChildProcess(name, process, listener);
            Thread reader = Thread.ofPlatform()
                    .daemon()
                    .name("juggler-" + name + "-stdout")
                    .start(child::readMessages);
            var _ = process.onExit().thenRunAsync(() -> child.ended(reader), child.writer);
            return child;
        } catch (OutOfMemoryError noThread) {
            process.destroyForcibly();
            throw new IOException("cannot start a thread for process " + name, noThread);
        }
    }

    private void readMessages() {
        try (BufferedReader stdout = process.inputReader(ChildProtocol.CHARSET)) {
            for (String line = stdout.readLine(); line != null; line = stdout.readLine()) {
                handle(ChildMessage.parse(line));
            }
        } catch (IOException broken) {
            // The child is ending, which its exit reports.
            return;
        }
    }

    private void handle(ChildMessage message) {
        switch (message) {
            case ChildMessage.Ready() -> {
                if (ready.complete(null)) {
                    listener.ready();
                }
            }
            case ChildMessage.Failed(String reason) -> output.remember(reason);
            case ChildMessage.Reply(String text) -> reply(text);
            case ChildMessage.Done() -> kill();
            case ChildMessage.Output(String line) -> output.forward(line);
            case ChildMessage.Invalid(String line) -> kill("it sent an invalid message: " + quoted(line));
        }
    }

    private void reply(String text) {
        CompletableFuture<String> request;
        synchronized (requests) {
            request = requests.poll();
        }
        if (request == null) {
            kill("it sent a reply without a request: " + quoted(text));
        } else {
            request.complete(text);
        }
    }

    private static String quoted(String text) {
        return "'" + text.substring(0, Math.min(text.length(), MAX_QUOTED)).strip() + "'";
    }

    private void ended(Thread reader) {
        String why = reason(reader);
        ready.completeExceptionally(new IOException(why));
        synchronized (requests) {
            endReason = why;
            requests.forEach(request -> request.completeExceptionally(new IOException(why)));
            requests.clear();
        }
        listener.ended(why);
    }

    private String reason(Thread reader) {
        try {
            reader.join(LAST_MESSAGES_MILLIS);
            output.await(LAST_OUTPUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            writer.shutdown();
        }
        String killed = killReason.get();
        if (killed != null) {
            return killed;
        }
        int code = process.exitValue();
        String how = code > SIGNAL ? "signal " + (code - SIGNAL) + " ended it" : "it exited with " + code;
        return output.last().map(line -> how + ": " + line).orElse(how);
    }

    /** Sends the assignment, which must be the first message. A child that is not ready 60 s later is killed. */
    public void assign(byte[] assignment) {
        assign(assignment, START_TIMEOUT);
    }

    void assign(byte[] assignment, Duration timeout) {
        send(new Assignment(ProcessHandle.current().pid(), assignment).line());
        var _ = ready.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally(failure -> {
            if (failure instanceof TimeoutException) {
                kill("it was not ready within " + timeout.toSeconds() + " s");
            }
            return null;
        });
    }

    /** Sends a message, in one line. */
    public void send(String message) {
        write(() -> {
            stdin.write(ChildProtocol.oneLine(message) + "\n");
            stdin.flush();
        });
    }

    /**
     * Sends a message that the child answers. Replies come in the order of the requests.
     *
     * @return the reply; fails with an {@link IOException} if the child ends before
     */
    public CompletableFuture<String> request(String message) {
        CompletableFuture<String> reply = new CompletableFuture<>();
        // Sent under the lock, so that the order of the requests is that of the messages.
        synchronized (requests) {
            if (endReason != null) {
                reply.completeExceptionally(new IOException(endReason));
            } else {
                requests.add(reply);
                send(message);
            }
        }
        return reply;
    }

    /** Closes the child's stdin, so that it releases everything and ends. */
    public void end() {
        write(stdin::close);
    }

    /** Ends the child before it has begun to work, and no longer forwards its output. */
    public void abandon() {
        output.mute();
        end();
    }

    /** Kills the child. */
    public void kill() {
        process.destroyForcibly();
    }

    private void kill(String reason) {
        killReason.compareAndSet(null, reason);
        kill();
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Waits for the child's end, at most this long, and returns whether it has ended. Blocks. */
    public boolean await(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    private interface PipeWrite {
        void run() throws IOException;
    }

    /** Writes on a thread of its own, since a child that hangs reads nothing. */
    private void write(PipeWrite write) {
        writer.execute(() -> {
            try {
                write.run();
            } catch (IOException ended) {
                // The child has ended, which its exit reports.
                return;
            }
        });
    }
}
