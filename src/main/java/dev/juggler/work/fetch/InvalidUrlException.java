package dev.juggler.work.fetch;

/** A text is no URL that can be fetched; the message says why and carries no credentials. */
final class InvalidUrlException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidUrlException(String message) {
        super(message, null, false, false);
    }
}
