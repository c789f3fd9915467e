package dev.juggler.job;

import java.util.List;
import java.util.Optional;

/** What a job does with each input, as data that crosses processes. Its identity is the job's fingerprint. */
public sealed interface WorkSpec permits FetchSpec, WorkSpec.ComputeSpec, WorkSpec.ExecSpec {

    /** The kind of work that this is. */
    WorkKind kind();

    /** Whether a task may be done twice at the same time, and either result be taken. Nothing is known of a program, nor of a function. */
    default boolean repeatable() {
        return false;
    }

    /** What of it makes it this work: records, lists, optionals and texts. Only work of the same identity is resumed. */
    default Object identity() {
        return this;
    }

    /**
     * Calls a function.
     *
     * @param function the name of a built-in function, the path of a Java source file, or a class name
     * @param source the text of the Java source file, so that it reaches other processes; empty for the other two
     * @param classpath jars and folders the class is looked for in; empty for a built-in function
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
     * @param command the program and its arguments as the user wrote them, with {@code {}} and its kin
     * @param shell whether the command goes through {@code /bin/sh -c}, inputs quoted
     * @param memoryLimit how many bytes of each output stream are kept in memory
     */
    record ExecSpec(List<String> command, boolean shell, int memoryLimit) implements WorkSpec {
        /** What is kept of an output stream when nothing else is said. */
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
