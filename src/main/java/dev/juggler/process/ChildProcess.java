package dev.juggler.process;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that this one has started. It gets its orders on stdin, says on stdout how far it is, and ends when stdin does:
 * so it ends with this JVM, however that ends. Its methods may be called from any thread and do not block.
 */
public final class ChildProcess {
    /** What a child says on stdout when it takes work. */
    public static final String READY = "ready";
    /** What it says, with a reason behind it, when it never will. */
    public static final String FAILED = "failed ";

    /**
     * What a child says when it has let go of everything. Its own exit would take another 300 ms: so long a JVM waits
     * for threads that are inside the kernel.
     */
    public static final String DONE = "done";

    /** How long the last words of a child are waited for. */
    private static final long LAST_WORDS_MILLIS = 100;

    /** How long its last status is waited for; it is in the pipe already. */
    private static final long STATUS_MILLIS = 2_000;

    /** 128 and more: the number of the signal that ended it. */
    private static final int SIGNAL = 128;

    private final String name;
    private final Process process;
    private final DataOutputStream orders;
    private final ExecutorService writer;
    private final ChildStderr output;

    /** Hears what becomes of a child, on threads of its own. */
    public interface Listener {
        /** It takes work. */
        void ready();

        /** It has ended, for this reason. Called once, and last. */
        void ended(String why);
    }

    private ChildProcess(String name, Process process, ChildStderr output) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.orders = new DataOutputStream(process.getOutputStream());
        this.writer = writer(name);
    }

    /**
     * Makes the thread that writes to a child, and starts it now: later there might be none left, and nobody would hear
     * of the child's end. What is written to a child that has ended is dropped, since its exit is reported.
     */
    private static ExecutorService writer(String name) {
        ThreadPoolExecutor writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("juggler-" + name + "-orders").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        writer.prestartCoreThread();
        return writer;
    }

    /**
     * Starts a JVM. Blocks for the few milliseconds that this takes.
     *
     * @param name what it is called in messages
     * @param computes see {@link JvmCommand#command}
     * @throws IOException when no process can be started
     */
    public static ChildProcess start(String name, Class<?> main, boolean computes, Listener listener)
            throws IOException {
        Process process = new ProcessBuilder(JvmCommand.command(main, computes)).start();
        try {
            ChildProcess child = new ChildProcess(name, process, new ChildStderr(name, process.errorReader()));
            Thread status = child.thread("status", () -> child.listen(listener));
            var _ = process.onExit().thenRunAsync(() -> listener.ended(child.reason(status)), child.writer);
            return child;
        } catch (OutOfMemoryError noThread) {
            process.destroyForcibly();
            throw new IOException("no thread can be started for process " + name, noThread);
        }
    }

    private Thread thread(String what, Runnable action) {
        return Thread.ofPlatform().daemon().name("juggler-" + name + "-" + what).start(action);
    }

    private void listen(Listener listener) {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.equals(READY)) {
                    listener.ready();
                } else if (line.equals(DONE)) {
                    kill();
                } else if (line.startsWith(FAILED)) {
                    output.remember(line.substring(FAILED.length()));
                }
            }
        } catch (IOException broken) {
            // It is ending; its exit tells.
            return;
        }
    }

    private String reason(Thread said) {
        try {
            said.join(STATUS_MILLIS);
            output.await(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            writer.shutdown();
        }
        int code = process.exitValue();
        String how = code > SIGNAL ? "signal " + (code - SIGNAL) + " ended it" : "it exited with " + code;
        return output.last().map(line -> how + ": " + line).orElse(how);
    }

    /** Gives it its first order. */
    public void order(byte[] bytes) {
        write(() -> {
            orders.writeInt(bytes.length);
            orders.write(bytes);
            orders.flush();
        });
    }

    /** Tells it something more, in one line. */
    public void say(String line) {
        write(() -> {
            orders.write((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
        });
    }

    /** Ends it: it lets go of what it holds. */
    public void end() {
        write(orders::close);
    }

    /** Ends it before it has begun to work; what it says to that is not passed on. */
    public void abandon() {
        output.mute();
        end();
    }

    /** Kills it. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Its number in the operating system. */
    public long pid() {
        return process.pid();
    }

    /** Waits for its end. Blocks. */
    public boolean await(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    private interface PipeWrite {
        void run() throws IOException;
    }

    /** On a thread of its own, since a child that hangs reads nothing. */
    private void write(PipeWrite write) {
        writer.execute(() -> {
            try {
                write.run();
            } catch (IOException ended) {
                // Nobody is there to be told; its exit tells.
                return;
            }
        });
    }
}
