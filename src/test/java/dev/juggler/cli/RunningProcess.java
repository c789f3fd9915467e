package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Juggler that runs. Closing it kills it, so that no test leaves one behind. */
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

    /** Sends INT or TERM. */
    public void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertEquals(0, kill.waitFor(), "kill");
    }

    /** KILL, which nothing can prepare for. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Its number in the operating system. */
    long pid() {
        return process.pid();
    }

    /** Its children, and theirs. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    boolean ended() {
        return !process.isAlive();
    }

    /** Waits for its end. */
    public EndedProcess await() throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "still running: " + err);
        return new EndedProcess(process.exitValue(), out.all(), err.all());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
