package dev.juggler.work.compute.user;

/** The effect of a function's call of {@link System#exit} or a similar method. */
public enum UserExit {
    /** The task fails; the JVM and the other tasks continue. */
    FAILS_TASK,
    /** The JVM ends. For a child JVM, whose parent then counts the tasks as lost. */
    ENDS_JVM
}
