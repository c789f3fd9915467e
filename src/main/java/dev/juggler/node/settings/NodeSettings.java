package dev.juggler.node.settings;

import dev.juggler.client.EventBusTls;
import dev.juggler.client.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a node, {@code conf/node.json}: a mirror of that file, field by field.
 *
 * <p>A field that is left out has the default that the constructor gives it; an unknown field is an error. Relative
 * paths start at the folder of the settings file.
 *
 * @param host the address that the event bus and the cluster listen on; default 127.0.0.1
 * @param data the folder of jobs and journals
 * @param cluster the configuration file of Hazelcast
 * @param minimumMembers the nodes that must see each other before jobs are accepted and run; with more than half of all
 *     nodes, at most one part of a partitioned cluster continues; 1 for no such rule
 * @param drain the time that running tasks get to end when the node leaves; after that they are cancelled
 * @param jobs bounds on jobs
 * @param lists the folder of the input lists that requests may name; null when they may name none
 * @param fetch what jobs may fetch
 * @param compute the functions that jobs may call
 * @param exec the commands that jobs may run
 * @param tls keys for the event bus; null to send in clear
 */
public record NodeSettings(
        String host,
        String data,
        String cluster,
        Integer minimumMembers,
        Duration drain,
        Jobs jobs,
        @Nullable String lists,
        Fetch fetch,
        Compute compute,
        Exec exec,
        @Nullable Tls tls) {

    public NodeSettings {
        host = host == null ? "127.0.0.1" : host;
        data = data == null ? "../data" : data;
        cluster = cluster == null ? "cluster.xml" : cluster;
        minimumMembers = atLeast(1, "minimumMembers", minimumMembers == null ? Integer.valueOf(1) : minimumMembers);
        drain = drain == null ? Duration.ofSeconds(30) : drain;
        jobs = jobs == null ? defaults(Jobs.class) : jobs;
        fetch = fetch == null ? defaults(Fetch.class) : fetch;
        compute = compute == null ? defaults(Compute.class) : compute;
        exec = exec == null ? defaults(Exec.class) : exec;
    }

    /**
     * Bounds on jobs.
     *
     * @param running jobs of this node that run at a time
     * @param helping jobs of other nodes that this node runs tasks of at a time; 0 for none
     * @param queued jobs that wait; more are rejected with 503
     * @param inlineInputs inputs in one request
     * @param requestBytes size of a request's JSON, in bytes
     * @param concurrency workers, or tasks in flight, of one job
     * @param keepEnded ended jobs that are kept with their outcomes
     * @param keepFor the time that they are kept
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
            running = atLeast(1, "running", running == null ? Integer.valueOf(2) : running);
            helping = atLeast(0, "helping", helping == null ? Integer.valueOf(2) : helping);
            queued = atLeast(1, "queued", queued == null ? Integer.valueOf(100) : queued);
            inlineInputs = atLeast(1, "inlineInputs", inlineInputs == null ? Integer.valueOf(10_000) : inlineInputs);
            requestBytes = atLeast(1, "requestBytes", requestBytes == null ? Integer.valueOf(1 << 20) : requestBytes);
            concurrency = atLeast(1, "concurrency", concurrency == null ? Integer.valueOf(1_000) : concurrency);
            keepEnded = atLeast(0, "keepEnded", keepEnded == null ? Integer.valueOf(1_000) : keepEnded);
            keepFor = keepFor == null ? Duration.ofDays(7) : keepFor;
        }
    }

    /**
     * Permissions to fetch.
     *
     * @param hosts the hosts of allowed URLs, in lower case; empty for all. With a list, redirects are not followed
     * @param output the folder below which bodies are saved; null when none may be saved
     * @param credentials the credentials that jobs may use, by the name that requests give
     */
    public record Fetch(List<String> hosts, @Nullable String output, Map<String, Credentials> credentials) {
        public Fetch {
            hosts = hosts == null ? List.of() : List.copyOf(hosts);
            credentials = credentials == null ? Map.of() : Map.copyOf(credentials);
        }
    }

    /**
     * Credentials for one origin. In {@code user} and {@code headers}, <code>${NAME}</code> is replaced by a variable
     * of the node's environment or of {@code envFile}.
     *
     * @param origin a URL of the origin that they are for
     * @param user {@code NAME:PASSWORD}
     * @param headers such as Authorization
     * @param envFile a file of variables
     * @param authorities certificates to trust in place of the JDK's, a PEM file
     * @param certificate the client certificate, a PEM file
     * @param key its private key; null when it is in the same file
     */
    public record Credentials(
            String origin,
            @Nullable String user,
            Map<String, String> headers,
            @Nullable String envFile,
            @Nullable String authorities,
            @Nullable String certificate,
            @Nullable String key) {
        public Credentials {
            if (origin == null) {
                throw new IllegalArgumentException(
                        "credentials need 'origin': the URL of the one server that they are for");
            }
            headers = headers == null ? Map.of() : Map.copyOf(headers);
        }
    }

    /**
     * The functions that jobs may call.
     *
     * @param functions built-in names, paths of Java source files, or class names
     * @param classpath jars and folders of those classes
     * @param source true when a request may carry the source of a function: every sender can then run any code here
     */
    public record Compute(List<String> functions, List<String> classpath, Boolean source) {
        /** Functions that cannot read or write files of this machine. */
        private static final List<String> DEFAULT_FUNCTIONS =
                List.of("sum-squares", "square", "random-products", "count-primes", "sleep");

        public Compute {
            functions = functions == null ? DEFAULT_FUNCTIONS : List.copyOf(functions);
            classpath = classpath == null ? List.of() : List.copyOf(classpath);
            source = source != null && source;
        }
    }

    /**
     * The commands that jobs may run.
     *
     * @param commands the command lines by name; no other is run, whatever a request says
     */
    public record Exec(Map<String, List<String>> commands) {
        public Exec {
            commands = commands == null ? Map.of() : Map.copyOf(commands);
            commands.forEach((name, words) -> {
                if (words == null || words.isEmpty()) {
                    throw new IllegalArgumentException("command '" + name + "' is empty: name a program");
                }
            });
        }
    }

    /**
     * Mutual TLS between the members of the event bus, in PEM files.
     *
     * @param key the private key of this node
     * @param certificate its certificate, followed by the intermediate ones
     * @param authority the certificate that must have signed the others' certificates
     */
    public record Tls(String key, String certificate, String authority) {
        public Tls {
            if (key == null || certificate == null || authority == null) {
                throw new IllegalArgumentException("tls needs 'key', 'certificate' and 'authority'");
            }
        }

        /** The keys for the event bus, with relative paths below {@code base}. */
        public EventBusTls resolve(Path base) {
            return new EventBusTls(base.resolve(key), base.resolve(certificate), base.resolve(authority));
        }
    }

    private static <T> T defaults(Class<T> part) {
        return StrictJson.read("{}".getBytes(StandardCharsets.UTF_8), part);
    }

    private static Integer atLeast(int least, String name, Integer value) {
        if (value < least) {
            throw new IllegalArgumentException("'" + name + "' must be at least " + least + ", not " + value);
        }
        return value;
    }

    /**
     * Reads a settings file; blocks.
     *
     * @throws IllegalArgumentException with a message of one line, when there is no such file or it is wrong
     */
    public static NodeSettings read(Path file) {
        try {
            return StrictJson.read(Files.readAllBytes(file), NodeSettings.class);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no settings file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read settings file " + file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads settings from JSON text, such as <code>{"drain": "20s"}</code>.
     *
     * @throws IllegalArgumentException with a message of one line, when they are wrong
     */
    public static NodeSettings parse(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), NodeSettings.class);
    }
}
