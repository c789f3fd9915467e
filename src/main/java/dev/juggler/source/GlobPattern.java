package dev.juggler.source;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A glob as a sequence of segments, one per name of the path. A walk tracks the set of segments that the next name may
 * match, so each folder is read once, and only if it can contain a match, although {@code **} may match any number of
 * names.
 */
final class GlobPattern {
    private static final FileSystem FILES = FileSystems.getDefault();
    private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]{}\\\\]");

    private sealed interface Segment {
        /** Matches one literal name. */
        record Name(String text) implements Segment {}

        /** Matches a name by a pattern. Matches hidden names only when the segment begins with a dot. */
        record Wildcard(PathMatcher matcher, boolean hidden) implements Segment {}

        /** {@code **}: matches any number of folders that are not hidden. */
        record AnyDepth() implements Segment {}
    }

    private final Path root;
    private final List<Segment> segments;

    private GlobPattern(Path root, List<Segment> segments) {
        this.root = root;
        this.segments = List.copyOf(segments);
    }

    /**
     * Reads a glob.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    static GlobPattern parse(String glob) {
        if (glob.isEmpty() || glob.endsWith("/")) {
            throw malformed(glob, "it does not end with the name of a file");
        }
        List<Segment> segments = new ArrayList<>();
        for (String text : glob.split("/+")) {
            if (!text.isEmpty()) {
                segments.add(segment(glob, text));
            }
        }
        if (segments.getLast() instanceof Segment.AnyDepth) {
            segments.add(segment(glob, "*"));
        }
        requireNoStepBack(glob, segments);
        return new GlobPattern(FILES.getPath(glob.startsWith("/") ? "/" : ""), segments);
    }

    private static Segment segment(String glob, String text) {
        if (text.equals("**")) {
            return new Segment.AnyDepth();
        }
        try {
            return SPECIAL.matcher(text).find()
                    ? new Segment.Wildcard(FILES.getPathMatcher("glob:" + text), text.startsWith("."))
                    : new Segment.Name(FILES.getPath(text).toString());
        } catch (PatternSyntaxException e) {
            String fault = e.getDescription().replace("'", ""); // the JDK opens quotes but does not close them
            throw malformed(glob, fault + " in " + QuotedText.text(text) + " (braces and brackets cannot contain '/')");
        }
    }

    private static void requireNoStepBack(String glob, List<Segment> segments) {
        int depth = segments.indexOf(new Segment.AnyDepth());
        if (depth >= 0 && segments.subList(depth, segments.size()).stream().anyMatch(GlobPattern::isStepBack)) {
            throw malformed(glob, "'.' and '..' cannot come after '**'");
        }
    }

    private static boolean isStepBack(Segment segment) {
        return segment instanceof Segment.Name(String text) && (text.equals(".") || text.equals(".."));
    }

    private static IllegalArgumentException malformed(String glob, String reason) {
        return new IllegalArgumentException("the glob " + QuotedText.text(glob) + " is invalid: " + reason);
    }

    /** Returns the start of a walk: the root folder, or the empty path for a relative glob. */
    Path root() {
        return root;
    }

    /** Returns the segments that the first name may match. */
    BitSet first() {
        BitSet first = new BitSet();
        reach(0, first);
        return first;
    }

    /**
     * Returns the segments that the name after {@code name} may match; empty when no path through {@code name} matches.
     *
     * @param link whether the name is a link, which {@code **} does not match, so that a walk follows no loops
     */
    BitSet after(BitSet at, Path name, boolean link) {
        BitSet next = new BitSet();
        at.stream().filter(i -> i < segments.size()).forEach(i -> {
            switch (segments.get(i)) {
                case Segment.Name(String text) when text.equals(name.toString()) -> reach(i + 1, next);
                case Segment.Wildcard segment when matches(segment, name) -> reach(i + 1, next);
                case Segment.AnyDepth() when !link && !isHidden(name) -> reach(i, next);
                default -> {}
            }
        });
        return next;
    }

    private void reach(int segment, BitSet reached) {
        reached.set(segment);
        if (segment < segments.size() && segments.get(segment) instanceof Segment.AnyDepth) {
            reach(segment + 1, reached);
        }
    }

    private static boolean matches(Segment.Wildcard segment, Path name) {
        return segment.hidden() == isHidden(name) && segment.matcher().matches(name);
    }

    private static boolean isHidden(Path name) {
        return name.toString().startsWith(".");
    }

    /** Returns whether a path that ends at these segments matches. */
    boolean isEnd(BitSet at) {
        return at.get(segments.size());
    }

    /** Returns the next name when only one is possible, so that the folder need not be read. */
    Optional<String> onlyName(BitSet at) {
        return at.cardinality() == 1 && at.nextSetBit(0) < segments.size()
                ? Optional.of(segments.get(at.nextSetBit(0)))
                        .filter(Segment.Name.class::isInstance)
                        .map(segment -> ((Segment.Name) segment).text())
                : Optional.empty();
    }

    /** Returns whether more names may follow. */
    boolean hasMore(BitSet at) {
        return at.nextSetBit(0) >= 0 && at.nextSetBit(0) < segments.size();
    }
}
