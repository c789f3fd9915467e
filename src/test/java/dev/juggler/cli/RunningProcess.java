package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running Juggler process. Closing it kills the process, so that no test leaves one behind. */
public final class RunningProcess implements AutoCloseable {
    private final Process process;
    private final OutputLines out;
    private final OutputLines err;

    RunningProcess(Process process) {
        this.process = process;
        this.out = new OutputLines(process.inputReader());
        this.err = new OutputLines(process.errorReader());
    }

    public OutputLines out() {
        return out;
    }

    public OutputLines err() {
        return err;
    }

    public OutputStream in() {
        return process.getOutputStream();
    }

    /** Sends a signal, such as INT or TERM. */
    public void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertEquals(0, kill.waitFor(), "kill");
    }

    /** Sends KILL, which a process cannot handle, and waits for the end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The process id. */
    long pid() {
        return process.pid();
    }

    /** The child processes and their descendants. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    boolean ended() {
        return !process.isAlive();
    }

    /** Waits up to 60 seconds for the end. */
    public EndedProcess await() throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "still running: " + err);
        return new EndedProcess(process.exitValue(), out.all(), err.all());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
