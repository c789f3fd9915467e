package dev.juggler.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Runs a contender each time a line on its input says so, and answers with a line; ends with its input. */
public final class ChildMeasurementLoop {
    static final String RUN = "run";
    static final String PICTURE = "picture";
    private static final String END = "";

    private final Candidate contender;
    private final CandidateMeasurer measurer;

    public ChildMeasurementLoop(Candidate contender, CandidateMeasurer measurer) {
        this.contender = contender;
        this.measurer = measurer;
    }

    /**
     * Blocks until the input ends; what goes wrong with a run is an answer.
     *
     * @param orphaned ends the run that is under way, if any: the input has ended, so nobody waits for it
     */
    public void run(InputStream in, OutputStream out, Runnable orphaned) throws InterruptedException {
        BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().name("juggler-orders").start(() -> read(in, orders, orphaned));
        for (String order = orders.take(); !order.equals(END); order = orders.take()) {
            byte[] line = ChildReply.line(answer(order.equals(PICTURE)));
            try {
                out.write(line);
                out.flush();
            } catch (IOException e) {
                // Whoever asked has gone.
                return;
            }
        }
    }

    private static void read(InputStream in, BlockingQueue<String> orders, Runnable orphaned) {
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            reader.lines().forEach(orders::add);
        } finally {
            orders.add(END);
            orphaned.run();
        }
    }

    private ChildReply answer(boolean picture) throws InterruptedException {
        try {
            return new ChildReply(measurer.measure(contender, picture), measurer.memory(), null);
        } catch (IOException | RuntimeException e) {
            return new ChildReply(null, measurer.memory(), String.valueOf(e.getMessage()));
        }
    }
}
