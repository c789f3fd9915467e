package dev.juggler.process;

/** The work of a child JVM from its assignment to its end. */
public interface ChildService {

    /**
     * Handles one line of the parent. Must not block, because the same thread notices the end of the parent. It may be
     * called before the service is ready.
     */
    void receive(String message);

    /**
     * Stops the running work and releases everything, in bounded time. Called when the parent closes stdin or has
     * ended, so possibly twice and by two threads.
     */
    void end();

    /** Creates the service of a child. */
    @FunctionalInterface
    interface Starter {
        /**
         * Starts the service, which calls {@link ParentLink#ready} or {@link ParentLink#fail} when it knows the result.
         *
         * @throws Exception if it cannot start; the parent gets the message
         */
        ChildService start(byte[] assignment, ParentLink parent) throws Exception;
    }
}
