package dev.juggler.job;

import java.util.List;
import java.util.Optional;

/** The work of a job: what it does with each input, as data that can cross processes. */
public sealed interface WorkSpec permits FetchSpec, WorkSpec.ComputeSpec, WorkSpec.ExecSpec {

    /** The kind of work that this is. */
    WorkKind kind();

    /**
     * Returns whether a task may run twice at the same time, with either result used. False when its effects are
     * unknown.
     */
    default boolean repeatable() {
        return false;
    }

    /**
     * The fields that identify the work: records, lists, optionals and texts. Only work of the same identity is
     * resumed.
     */
    default Object identity() {
        return this;
    }

    /**
     * Calls a function.
     *
     * @param function the name of a built-in function, the path of a Java source file, or a class name
     * @param source the text of the Java source file, for other processes; empty for the other two
     * @param classpath jars and folders in which the class is looked up; empty for a built-in function
     */
    record ComputeSpec(String function, Optional<String> source, List<String> classpath) implements WorkSpec {
        public ComputeSpec {
            classpath = List.copyOf(classpath);
        }

        @Override
        public WorkKind kind() {
            return WorkKind.COMPUTE;
        }
    }

    /**
     * Runs a program.
     *
     * @param command the program and its arguments as written by the user, with {@code {}} and other placeholders
     * @param shell whether the command is run with {@code /bin/sh -c}, with quoted inputs
     * @param memoryLimit the most bytes of each output stream that are kept in memory
     */
    record ExecSpec(List<String> command, boolean shell, int memoryLimit) implements WorkSpec {
        /** The memory limit where none is given. */
        public static final int DEFAULT_MEMORY_LIMIT = 1 << 16;

        public ExecSpec {
            command = List.copyOf(command);
        }

        @Override
        public WorkKind kind() {
            return WorkKind.EXEC;
        }
    }
}
