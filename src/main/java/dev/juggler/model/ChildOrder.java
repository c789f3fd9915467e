package dev.juggler.model;

import dev.juggler.job.Job;

/**
 * What a child process is told on its stdin.
 *
 * @param node its name
 * @param cluster the name of the cluster it joins
 * @param parent where it meets the process that started it: {@code HOST:PORT}
 * @param parentPid that process's number
 * @param secret a part of its workers' addresses that nobody can guess
 * @param job the job it works for
 */
record ChildOrder(String node, String cluster, String parent, long parentPid, String secret, Job job) {}
