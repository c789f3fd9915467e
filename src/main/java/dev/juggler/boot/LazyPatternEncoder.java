package dev.juggler.boot;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Parses its pattern at the first event: most runs log nothing, and a date loads all time zones. */
final class LazyPatternEncoder extends PatternLayoutEncoder {
    private boolean parsed;

    @Override
    public void start() {
        started = true;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        parse();
        return super.encode(event);
    }

    private synchronized void parse() {
        if (!parsed) {
            super.start();
            parsed = true;
        }
    }
}
