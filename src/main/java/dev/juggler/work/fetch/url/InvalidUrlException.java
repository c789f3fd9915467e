package dev.juggler.work.fetch.url;

/** Thrown when a text is not a URL that can be fetched. The message gives the reason and contains no credentials. */
public final class InvalidUrlException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidUrlException(String message) {
        super(message, null, false, false);
    }
}
