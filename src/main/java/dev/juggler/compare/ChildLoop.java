package dev.juggler.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Runs a contender each time a line on its input says so, and answers with a line; ends with its input. */
public final class ChildLoop {
    static final String RUN = "run";
    static final String PICTURE = "picture";

    private final Contender contender;
    private final Measurer measurer;

    public ChildLoop(Contender contender, Measurer measurer) {
        this.contender = contender;
        this.measurer = measurer;
    }

    /** Blocks until the input ends; what goes wrong with a run is an answer. */
    public void run(InputStream in, OutputStream out) throws IOException, InterruptedException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            out.write(ChildAnswer.line(answer(order.equals(PICTURE))));
            out.flush();
        }
    }

    private ChildAnswer answer(boolean picture) throws InterruptedException {
        try {
            return new ChildAnswer(measurer.measure(contender, picture), measurer.memory(), null);
        } catch (IOException | RuntimeException e) {
            return new ChildAnswer(null, measurer.memory(), String.valueOf(e.getMessage()));
        }
    }
}
