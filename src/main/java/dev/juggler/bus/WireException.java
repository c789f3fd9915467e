package dev.juggler.bus;

/** Reports bytes that are not a message of this version. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WireException(String message) {
        super(message);
    }
}
