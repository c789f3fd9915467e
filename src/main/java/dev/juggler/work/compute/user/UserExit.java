package dev.juggler.work.compute.user;

/** What becomes of a function that calls {@link System#exit} or its kin. */
public enum UserExit {
    /** Its task fails, and the JVM and the other tasks go on. */
    FAILS_TASK,
    /** The JVM ends, as the function wants. For a child JVM, whose parent then counts its tasks as lost. */
    ENDS_JVM
}
