package dev.juggler.node.settings;

import dev.juggler.client.EventBusTls;
import dev.juggler.client.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The settings of a node, {@code conf/node.json}. What is left out, null here at first, has the default that the
 * constructor gives it; what is not known is refused. Relative paths of files are below the folder of the settings file.
 *
 * @param host the address that the event bus and the cluster listen on; the loopback when nothing is said
 * @param data the folder of jobs and journals
 * @param cluster Hazelcast's settings
 * @param minimumMembers nodes that must see each other for jobs to be taken and gone on with: more than half of all, so
 *     that of a cluster that falls apart one part at most goes on; 1 for no such rule
 * @param drain how long tasks may take to end when the node is told to leave; then they are ended
 * @param jobs bounds on jobs
 * @param lists the folder in which jobs may name lists of inputs; null when they may name none
 * @param fetch what jobs may fetch
 * @param compute what they may call
 * @param exec what they may run
 * @param tls keys for the event bus; null to send in clear
 */
public record NodeSettings(
        String host,
        String data,
        String cluster,
        Integer minimumMembers,
        Duration drain,
        Jobs jobs,
        String lists,
        Fetch fetch,
        Compute compute,
        Exec exec,
        Tls tls) {

    public NodeSettings {
        host = host == null ? "127.0.0.1" : host;
        data = data == null ? "../data" : data;
        cluster = cluster == null ? "cluster.xml" : cluster;
        minimumMembers = from(1, "minimumMembers", minimumMembers == null ? Integer.valueOf(1) : minimumMembers);
        drain = drain == null ? Duration.ofSeconds(30) : drain;
        jobs = jobs == null ? new Jobs(null, null, null, null, null, null, null, null) : jobs;
        fetch = fetch == null ? new Fetch(null, null, null) : fetch;
        compute = compute == null ? new Compute(null, null, null) : compute;
        exec = exec == null ? new Exec(null) : exec;
    }

    /**
     * Bounds on jobs.
     *
     * @param running jobs that this node runs at a time
     * @param helping jobs of other nodes that this node helps with at a time; 0 for none
     * @param queued jobs that wait; more are refused with 503
     * @param inlineInputs inputs in a request
     * @param requestBytes the JSON of a request
     * @param concurrency workers or tasks in flight that a job may have
     * @param keepEnded jobs that are kept after their end, with their outcomes
     * @param keepFor how long they are kept
     */
    public record Jobs(
            Integer running,
            Integer helping,
            Integer queued,
            Integer inlineInputs,
            Integer requestBytes,
            Integer concurrency,
            Integer keepEnded,
            Duration keepFor) {
        public Jobs {
            running = from(1, "running", running == null ? Integer.valueOf(2) : running);
            helping = from(0, "helping", helping == null ? Integer.valueOf(2) : helping);
            queued = from(1, "queued", queued == null ? Integer.valueOf(100) : queued);
            inlineInputs = from(1, "inlineInputs", inlineInputs == null ? Integer.valueOf(10_000) : inlineInputs);
            requestBytes = from(1, "requestBytes", requestBytes == null ? Integer.valueOf(1 << 20) : requestBytes);
            concurrency = from(1, "concurrency", concurrency == null ? Integer.valueOf(1_000) : concurrency);
            keepEnded = from(0, "keepEnded", keepEnded == null ? Integer.valueOf(1_000) : keepEnded);
            keepFor = keepFor == null ? Duration.ofDays(7) : keepFor;
        }
    }

    /**
     * What jobs may fetch.
     *
     * @param hosts the hosts of URLs, in lower case; empty for all. With a list, redirects are not followed
     * @param output the folder below which bodies are saved; null when none may be
     * @param credentials as whom jobs may ask, by the names that requests have for it
     */
    public record Fetch(List<String> hosts, String output, Map<String, Credentials> credentials) {
        public Fetch {
            hosts = hosts == null ? List.of() : List.copyOf(hosts);
            credentials = credentials == null ? Map.of() : Map.copyOf(credentials);
        }
    }

    /**
     * As whom one origin is asked. In {@code user} and {@code headers}, <code>${NAME}</code> stands for a variable of the
     * node's environment, or of {@code envFile}.
     *
     * @param origin a URL of the one origin that they are for
     * @param user {@code NAME:PASSWORD}
     * @param headers such as Authorization
     * @param envFile a file of variables
     * @param authorities certificates to trust in place of the JDK's, in PEM
     * @param certificate one's own
     * @param key its private key; null when it is in the same file
     */
    public record Credentials(
            String origin,
            String user,
            Map<String, String> headers,
            String envFile,
            String authorities,
            String certificate,
            String key) {
        public Credentials {
            if (origin == null) {
                throw new IllegalArgumentException("credentials need 'origin', the one server that they are for");
            }
            headers = headers == null ? Map.of() : Map.copyOf(headers);
        }
    }

    /**
     * What jobs may call.
     *
     * @param functions built-in names, paths of Java source files, class names
     * @param classpath jars and folders for those classes
     * @param source whether a request may bring the source of a function: whoever can send one then runs any code here
     */
    public record Compute(List<String> functions, List<String> classpath, Boolean source) {
        /** What a stranger may call without being able to read or write this machine's files. */
        private static final List<String> HARMLESS =
                List.of("sum-squares", "square", "random-products", "count-primes", "sleep");

        public Compute {
            functions = functions == null ? HARMLESS : List.copyOf(functions);
            classpath = classpath == null ? List.of() : List.copyOf(classpath);
            source = source != null && source;
        }
    }

    /**
     * What jobs may run.
     *
     * @param commands the command lines, each under its name; no other is run, whatever a request says
     */
    public record Exec(Map<String, List<String>> commands) {
        public Exec {
            commands = commands == null ? Map.of() : Map.copyOf(commands);
            commands.forEach((name, words) -> {
                if (words == null || words.isEmpty()) {
                    throw new IllegalArgumentException("command '" + name + "' has no words");
                }
            });
        }
    }

    /**
     * Mutual TLS between the members of the event bus, in PEM files.
     *
     * @param key the private key of this node
     * @param certificate its certificate, with those between it and the authority
     * @param authority the certificate that the others' must be signed by
     */
    public record Tls(String key, String certificate, String authority) {
        public Tls {
            if (key == null || certificate == null || authority == null) {
                throw new IllegalArgumentException("tls needs 'key', 'certificate' and 'authority'");
            }
        }

        public EventBusTls of(Path base) {
            return new EventBusTls(base.resolve(key), base.resolve(certificate), base.resolve(authority));
        }
    }

    private static Integer from(int least, String name, Integer value) {
        if (value < least) {
            throw new IllegalArgumentException("'" + name + "' is at least " + least + ", not " + value);
        }
        return value;
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException with one line for a person, when there is no such file or it is wrong
     */
    public static NodeSettings read(Path file) {
        try {
            return StrictJson.read(Files.readAllBytes(file), NodeSettings.class);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no settings file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("settings file " + file + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
