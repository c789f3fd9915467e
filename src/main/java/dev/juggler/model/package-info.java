/**
 * The concurrency models, side by side: {@link dev.juggler.model.SequentialModel},
 * {@link dev.juggler.model.ThreadsModel}, {@link dev.juggler.model.VirtualModel} and
 * {@link dev.juggler.model.AsyncModel} are ways to deploy the same workers, and what differs between models stands in
 * these four classes and nowhere else. The fifth, processes, is a {@code ProcessPool} of JVMs, each a {@code Child}
 * that deploys its workers in one of the four ways. On a cluster of nodes a {@code ClusterWorkerPool} has the workers
 * of several: a {@code RemoteExecution} deploys them where its job is not.
 *
 * <p>May use {@code job}, {@code bus}, {@code work}, {@code worker} and {@code cluster}.
 */
package dev.juggler.model;
