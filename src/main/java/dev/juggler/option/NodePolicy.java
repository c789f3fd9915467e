package dev.juggler.option;

/**
 * A node's policy on the options of a request. Each method returns the value to use instead of the requested one, and
 * throws if the node's settings do not allow it.
 */
public interface NodePolicy {
    /** The folder to save in, for the name of a folder in a request. */
    String folder(String name);

    /** A URL that the node itself is to read. */
    String url(String url);

    /** Headers of the sender, which must not read variables of the node. */
    Headers headers(Headers headers);

    /** The number of redirects that are followed. */
    int redirects(int number);

    /** The name of credentials in the node's settings. */
    String credentials(String name);
}
