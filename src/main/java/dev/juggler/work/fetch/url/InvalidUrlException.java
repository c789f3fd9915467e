package dev.juggler.work.fetch.url;

/** A text is no URL that can be fetched; the message says why and carries no credentials. */
public final class InvalidUrlException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidUrlException(String message) {
        super(message, null, false, false);
    }
}
