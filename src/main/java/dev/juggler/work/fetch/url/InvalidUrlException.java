package dev.juggler.work.fetch.url;

/** Signals that a text is no URL that can be fetched. The message says why and holds no credentials. */
public final class InvalidUrlException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidUrlException(String message) {
        super(message, null, false, false);
    }
}
