package dev.juggler.job;

import java.util.List;
import java.util.Optional;

/** What a job does with each input, as data that crosses processes. Its content is the job's fingerprint. */
public sealed interface WorkSpec {

    /** The kind of work: {@code fetch}, {@code compute} or {@code exec}. */
    String kind();

    /**
     * Reads what is at a URL.
     *
     * @param method the HTTP method in upper case
     * @param headers sent to the origin of the input's URL, and to no other
     * @param body the request body, or empty
     * @param outputDir the folder bodies are saved in, or empty to read them only
     * @param maxRedirects how many redirects are followed
     * @param maxBytes the longest body that is accepted
     * @param digest whether the SHA-256 of a saved body is told; it costs as much as all else that saving does
     */
    record FetchSpec(
            String method,
            List<Header> headers,
            Optional<String> body,
            Optional<String> outputDir,
            int maxRedirects,
            long maxBytes,
            boolean digest)
            implements WorkSpec {
        public FetchSpec {
            headers = List.copyOf(headers);
        }

        /** A GET that reads the body and saves nothing. */
        public static final FetchSpec READ =
                new FetchSpec("GET", List.of(), Optional.empty(), Optional.empty(), 16, Long.MAX_VALUE, false);

        @Override
        public String kind() {
            return "fetch";
        }
    }

    /** One header field of a request. */
    record Header(String name, String value) {}

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
        public String kind() {
            return "compute";
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
        public String kind() {
            return "exec";
        }
    }
}
