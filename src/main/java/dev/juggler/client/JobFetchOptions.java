package dev.juggler.client;

import dev.juggler.job.Rate;
import java.time.Duration;

/** What a request to fetch may say beyond what is asked of the server. What is null is as on the command line. */
public final class JobFetchOptions {
    private JobFetchOptions() {}

    /**
     * How hard servers and the line are used. Sizes are texts such as {@code 500k}, {@code 10M} or {@code 2G}.
     *
     * @param perHostRate how many requests to one origin may start in a time
     * @param maxPause the longest time an origin is left alone because of its Retry-After
     * @param maxSize the longest body that is accepted
     * @param idleTimeout how long a server may be silent
     * @param minRate the least that must come in a second, over ten seconds
     * @param bandwidth the most that comes in a second on each node, of all bodies of the job together
     * @param compressed whether bodies may come compressed
     * @param maxRatio how many times its length a compressed body may unpack to; at least 1
     * @param segments into how many ranges a long body that is saved may be cut; from 1 to 32
     * @param cookies whether cookies are sent back
     * @param allowDowngrade whether redirects from https to http are followed
     * @param insecure whether any server is taken for the one it says it is; not together with credentials
     */
    public record Transfer(
            Rate perHostRate,
            Duration maxPause,
            String maxSize,
            Duration idleTimeout,
            String minRate,
            String bandwidth,
            Boolean compressed,
            Integer maxRatio,
            Integer segments,
            Boolean cookies,
            Boolean allowDowngrade,
            Boolean insecure) {
        private static final int MOST_SEGMENTS = 32;

        /** Nothing said. */
        public static final Transfer USUAL =
                new Transfer(null, null, null, null, null, null, null, null, null, null, null, null);

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException with one line for a person
         */
        public Transfer {
            if (maxRatio != null && maxRatio < 1) {
                throw new IllegalArgumentException("'maxRatio' is at least 1, not " + maxRatio);
            }
            if (segments != null && (segments < 1 || segments > MOST_SEGMENTS)) {
                throw new IllegalArgumentException("'segments' is from 1 to " + MOST_SEGMENTS + ", not " + segments);
            }
        }
    }

    /**
     * How bodies are saved, and what files from before are good for. Only together with an output folder.
     *
     * @param template names below the folder, such as <code>{host}/{path}</code>
     * @param serverNames whether a name that the server sends is taken
     * @param resume whether a body that broke off is gone on with by a later job
     * @param existing {@code skip} to leave out inputs whose file is there, {@code newer} to ask for what has changed
     * @param checksum whether an input without a checksum is refused
     * @param fsync whether a file is on disk before its row says so; null for true
     */
    public record Saving(
            String template, Boolean serverNames, Boolean resume, String existing, Boolean checksum, Boolean fsync) {
        /** Nothing said. */
        public static final Saving USUAL = new Saving(null, null, null, null, null, null);

        /**
         * Checks the words.
         *
         * @throws IllegalArgumentException with one line for a person
         */
        public Saving {
            if (existing != null && !existing.equals("skip") && !existing.equals("newer")) {
                throw new IllegalArgumentException("'existing' is skip or newer, not '" + existing + "'");
            }
            if (existing != null && Boolean.TRUE.equals(serverNames)) {
                throw new IllegalArgumentException("'serverNames' does not go with 'existing': the name is only known"
                        + " once the body is on its way");
            }
        }
    }

    /**
     * Links out of the JSON of an API. The headers of the request then go to its origin alone.
     *
     * @param url its first page
     * @param select where the links are: a JSON Pointer in which {@code *} stands for all, as <code>/data/&#42;/link</code>
     * @param next where the link to the next page is; null when there is but one page
     * @param maxPages more pages are an error; null for 10000
     */
    public record Api(String url, String select, String next, Integer maxPages) {
        private static final int USUAL_PAGES = 10_000;

        /**
         * Checks that nothing is missing.
         *
         * @throws IllegalArgumentException with one line for a person
         */
        public Api {
            if (url == null || select == null) {
                throw new IllegalArgumentException("'from' needs 'url', and 'select', which says where the links are");
            }
            if (maxPages != null && maxPages < 1) {
                throw new IllegalArgumentException("'maxPages' is at least 1, not " + maxPages);
            }
        }

        /** How many pages at most. */
        public int mostPages() {
            return maxPages == null ? USUAL_PAGES : maxPages;
        }
    }
}
