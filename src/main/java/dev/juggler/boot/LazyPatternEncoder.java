package dev.juggler.boot;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Reads its pattern when there is something to log: most runs have nothing, and dates bring all time zones with them. */
final class LazyPatternEncoder extends PatternLayoutEncoder {
    private boolean read;

    @Override
    public void start() {
        started = true;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        read();
        return super.encode(event);
    }

    private synchronized void read() {
        if (!read) {
            super.start();
            read = true;
        }
    }
}
