package dev.juggler.engine;

import dev.juggler.job.Job;
import dev.juggler.source.Source;
import dev.juggler.work.WorkProvider;

/** A checked job with its opened inputs and work. It can be run once. */
public record PreparedJob(Job job, Source source, WorkProvider work) {}
