package dev.juggler.engine;

import dev.juggler.job.Job;
import dev.juggler.source.Source;
import dev.juggler.work.WorkProvider;

/** A job that was checked and can be run once, with its inputs and its work opened. */
public record PreparedJob(Job job, Source source, WorkProvider work) {}
