package dev.juggler.model;

import dev.juggler.job.Job;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a child process is told on its stdin, which nobody else reads.
 *
 * @param node its name
 * @param cluster the name of the cluster it joins
 * @param parent where it meets the process that started it: {@code HOST:PORT}
 * @param parentPid that process's number
 * @param secret a part of its workers' addresses that nobody can guess
 * @param job the job it works for
 * @param secrets what the job's work refers to and does not hold
 */
record ChildAssignment(
        String node, String cluster, String parent, long parentPid, String secret, Job job, List<Secret> secrets) {

    /** The value of a variable. */
    record Secret(String name, String value) {
        static List<Secret> all(Map<String, String> values) {
            return values.entrySet().stream()
                    .map(entry -> new Secret(entry.getKey(), entry.getValue()))
                    .toList();
        }

        /** The name alone. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** The secrets by name. */
    Map<String, String> values() {
        return secrets.stream().collect(Collectors.toMap(Secret::name, Secret::value));
    }
}
