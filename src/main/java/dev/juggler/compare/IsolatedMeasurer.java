package dev.juggler.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs each contender in a JVM of its own, which stays for all its runs and idles while others run. So no model gains
 * or loses by what the compiler has learnt from another, and memory is that of one model alone.
 */
public final class IsolatedMeasurer implements CandidateMeasurer {
    private static final long PATIENCE_SECONDS = 10;
    private final Function<Candidate, List<String>> command;
    private final Map<Candidate, MeasuringChild> children = new HashMap<>();
    private String memory = "";

    /**
     * None is started yet; {@code command} gives the words that start one, which then does a
     * {@link ChildMeasurementLoop}.
     */
    public IsolatedMeasurer(Function<Candidate, List<String>> command) {
        this.command = command;
    }

    /** A child with both ends of its conversation. */
    private record MeasuringChild(Process process, BufferedWriter orders, BufferedReader answers) {
        static MeasuringChild start(List<String> command) throws IOException {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new MeasuringChild(process, process.outputWriter(), process.inputReader());
        }
    }

    @Override
    public RunMeasurement measure(Candidate contender, boolean picture) throws IOException {
        MeasuringChild child = children.get(contender);
        if (child == null) {
            child = MeasuringChild.start(command.apply(contender));
            children.put(contender, child);
        }
        String line = ask(child, picture ? ChildMeasurementLoop.PICTURE : ChildMeasurementLoop.RUN);
        if (line == null) {
            throw new IOException("the JVM of " + contender + " ended before its run did");
        }
        ChildReply answer = ChildReply.parse(line);
        RunMeasurement measured = answer.measured();
        if (measured == null) {
            throw new IOException(answer.error());
        }
        memory = answer.memory();
        return measured;
    }

    private static @Nullable String ask(MeasuringChild child, String order) throws IOException {
        try {
            child.orders.write(order + "\n");
            child.orders.flush();
        } catch (IOException e) {
            // It has gone; why it did stands on stderr, and the end of its answers says so too.
            return null;
        }
        return child.answers.readLine();
    }

    @Override
    public String memory() {
        return memory;
    }

    /** Lets the children end, and ends those that do not. */
    @Override
    public void close() throws IOException {
        for (MeasuringChild child : children.values()) {
            child.orders.close();
        }
        for (MeasuringChild child : children.values()) {
            end(child.process);
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
