package dev.juggler.demo;

import dev.juggler.demo.DemoWorkload.TutorialTime;
import java.util.List;

/**
 * The tutorials' programs that the demo runs, in order, with the tutorials' own times. All of them together take less
 * than a minute on two cores, and each takes long enough to show a difference between models. Of that minute, the
 * sequential model waits for 8 seconds; the start of child processes takes the largest part.
 */
final class DemoWorkloads {
    private static final DemoWorkload READ_PAGES = new DemoWorkload(
            "Read 90 pages of three sites, as many as in the tutorial, with a latency of 25 ms",
            "a plain loop, ThreadPoolExecutor(5), multiprocessing.Pool(5)",
            List.of(
                    new TutorialTime("sequential", 17.6),
                    new TutorialTime("threads", 6.4),
                    new TutorialTime("processes", 6.1)),
            List.of("fetch", "{origin}/site/{a,b,c}/{1..30}?delay=25"));

    private static final DemoWorkload RANDOM_PRODUCTS = new DemoWorkload(
            "Random products of 89,999 big integers, as many as in the tutorial",
            "a plain loop, threads",
            List.of(new TutorialTime("sequential", 7.4), new TutorialTime("threads", 6.3)),
            List.of("compute", "random-products", "1..89999"));

    private static final DemoWorkload ONE_SESSION = new DemoWorkload(
            "Download two sites 60 times each over one session, latency 10 ms (there: real sites)",
            "a plain loop, threads with a session each, asyncio.gather over one session, Pool with a session each",
            List.of(
                    new TutorialTime("sequential", 7.4),
                    new TutorialTime("threads", 7.3),
                    new TutorialTime("async", 2.2),
                    new TutorialTime("processes", 5.8)),
            List.of("fetch", "{origin}/site/{a,b}/{1..60}?delay=10"));

    private static final DemoWorkload SUM_SQUARES = new DemoWorkload(
            "Sums of 100 million squares, 20 times: twenty times as many as in the tutorial",
            "a plain loop, threads (no gain in Python), Pool (3 times as fast)",
            List.of(),
            List.of("compute", "sum-squares", "100000000..100000019"));

    private static final DemoWorkload CONVERT = new DemoWorkload(
            "Convert 24 DocBook files to HTML with an external program",
            "subprocess",
            List.of(),
            List.of(
                    "exec",
                    "--glob",
                    "{files}/articles/**/*.xml",
                    "--",
                    "sh",
                    "{files}/" + DocBookConverter.NAME,
                    "{}",
                    "{.}.html"));

    private static final DemoWorkload WORD_COUNT = new DemoWorkload(
            "Count the words of one file in 32 parts",
            "Pool.map(process_data, chunks)",
            List.of(),
            List.of("compute", "word-count", "--split", "{files}/" + DemoFiles.LOG, "--chunks", "32"));

    private static final DemoWorkload SLEEP = new DemoWorkload(
            "Four tasks that sleep half a second, half of the tutorial's second",
            "ThreadPoolExecutor(4).map, ProcessPoolExecutor(4).map",
            List.of(new TutorialTime("threads", 1.0), new TutorialTime("processes", 1.0)),
            List.of("compute", "sleep", "500ms", "500ms", "500ms", "500ms"));

    private static final DemoWorkload LENGTHS = new DemoWorkload(
            "The lengths of 10 pages, with a latency of 100 ms (there: real sites)",
            "a plain loop, asyncio.gather",
            List.of(new TutorialTime("sequential", 1.58), new TutorialTime("async", 0.58)),
            List.of("fetch", "{origin}/site/b/{1..10}?delay=100"));

    private static final DemoWorkload ALBUM = new DemoWorkload(
            "Download the 24 small pictures of an album, listed by a JSON API, latency 50 ms",
            "a plain loop, ThreadPoolExecutor(5), Pool(cores), asyncio",
            List.of(
                    new TutorialTime("sequential", 48),
                    new TutorialTime("threads", 19),
                    new TutorialTime("processes", 14),
                    new TutorialTime("async", 14)),
            List.of("fetch", "-o", "{out}", "-i", "{files}/" + DemoAlbum.LIST));

    private static final DemoWorkload THUMBNAILS = new DemoWorkload(
            "Thumbnails of 24 pictures (not in a tutorial)",
            "ProcessPoolExecutor().map",
            List.of(),
            List.of("compute", "thumbnail", "-i", "{files}/" + DemoFiles.PICTURE_LIST));

    static final List<DemoWorkload> ALL = List.of(
            READ_PAGES,
            RANDOM_PRODUCTS,
            ONE_SESSION,
            SUM_SQUARES,
            CONVERT,
            WORD_COUNT,
            SLEEP,
            LENGTHS,
            ALBUM,
            THUMBNAILS);

    private DemoWorkloads() {}
}
