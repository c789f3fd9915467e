package dev.juggler.bus;

/** The addresses of Juggler on the event bus, in one place. */
public final class Addresses {
    private static final String ROOT = "juggler.";

    private Addresses() {}

    /** Where anyone sends one task as JSON, served by whoever deployed the verticle of that kind of work. */
    public static String service(String kind) {
        return ROOT + kind;
    }

    /** Where the workers of a job announce themselves. */
    public static String coordinator(String job) {
        return ROOT + "job." + job + ".workers";
    }

    /** Where one worker of a job takes its batches. */
    public static String worker(String job, String worker) {
        return ROOT + "job." + job + ".worker." + worker;
    }

    /** Where anyone asks for an operation of the job service: {@code submit}, {@code get} and so on. */
    public static String jobs(String operation) {
        return ROOT + "job." + operation;
    }

    /** The same operation at one node, which owns the job that is asked about. */
    public static String jobs(String operation, String node) {
        return ROOT + "node." + node + ".job." + operation;
    }

    /** Where a node is asked to help with a job of another. */
    public static String helper(String node) {
        return ROOT + "node." + node + ".help";
    }

    /** The address of the commands of a job's owner to all nodes that help with it. */
    public static String helpers(String job) {
        return ROOT + "job." + job + ".helpers";
    }

    /** Where the progress of a job is published. */
    public static String jobEvents(String job) {
        return ROOT + "job.events." + job;
    }
}
