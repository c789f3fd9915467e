package dev.juggler.cli;

import dev.juggler.cli.compare.ComparisonChild;
import dev.juggler.process.ParentLink;

/** The entry point of the child JVMs of {@code compare --isolate}. */
public final class ComparisonChildMain {
    private ComparisonChildMain() {}

    /** Serves the parent until it ends, then ends the JVM. */
    public static void main(String[] args) {
        ParentLink.serve((assignment, parent) -> ComparisonChild.start(Commands::parserFor, assignment, parent));
    }
}
