package dev.juggler.model.processes;

import dev.juggler.job.Job;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The assignment of a child process. It travels over the child's stdin, which no other process can read.
 *
 * @param node the child's name
 * @param cluster the name of the cluster to join
 * @param parent the cluster address of the process that started the child: {@code HOST:PORT}
 * @param secret an unguessable part of its workers' addresses
 * @param job the job it works for
 * @param secrets the values that the job's work refers to and does not contain
 */
record ChildAssignment(String node, String cluster, String parent, String secret, Job job, List<Secret> secrets) {

    /** The value of a variable. */
    record Secret(String name, String value) {
        static List<Secret> all(Map<String, String> values) {
            return values.entrySet().stream()
                    .map(entry -> new Secret(entry.getKey(), entry.getValue()))
                    .toList();
        }

        /** The name without the value. */
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
