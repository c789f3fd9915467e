package dev.juggler.bus;

/** The addresses of Juggler on the event bus. */
public final class Addresses {
    private static final String ROOT = "juggler.";

    private Addresses() {}

    /** The address for single tasks of a kind of work, in JSON. The verticle of that kind serves it, if deployed. */
    public static String service(String kind) {
        return ROOT + kind;
    }

    /** The address at which the workers of a job announce themselves. */
    public static String coordinator(String job) {
        return ROOT + "job." + job + ".workers";
    }

    /** The address at which one worker of a job receives batches. */
    public static String worker(String job, String worker) {
        return ROOT + "job." + job + ".worker." + worker;
    }

    /** The address of an operation of the job service, such as {@code submit} or {@code get}. */
    public static String jobs(String operation) {
        return ROOT + "job." + operation;
    }

    /** The address of an operation at the node that owns the job. */
    public static String jobs(String operation, String node) {
        return ROOT + "node." + node + ".job." + operation;
    }

    /** The address at which a node receives requests to help with another node's job. */
    public static String helper(String node) {
        return ROOT + "node." + node + ".help";
    }

    /** The address of the commands of a job's owner to the nodes that help with it. */
    public static String helpers(String job) {
        return ROOT + "job." + job + ".helpers";
    }

    /** The address at which the progress of a job is published. */
    public static String jobEvents(String job) {
        return ROOT + "job.events." + job;
    }
}
