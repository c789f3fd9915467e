package dev.juggler.compare;

import dev.juggler.report.MeasuredRun;
import dev.juggler.report.Timeline;

/**
 * What a run gave.
 *
 * @param run its figures
 * @param timeline its picture; null when none was asked for
 */
public record RunMeasurement(MeasuredRun run, Timeline timeline) {}
