package dev.juggler.compare;

import dev.juggler.report.MeasuredRun;
import dev.juggler.report.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of one run and, on request, its timeline.
 *
 * @param run the measurements
 * @param timeline the timeline; null if none was requested
 */
public record RunMeasurement(MeasuredRun run, @Nullable Timeline timeline) {}
