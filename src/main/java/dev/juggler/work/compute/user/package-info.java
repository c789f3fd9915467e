/**
 * Users' functions: compiles a source file, loads classes, chooses the method, binds its parameter, and prevents calls
 * of {@code System.exit} from ending the JVM.
 *
 * <p>May use {@code job}, {@code work} and {@code work.compute.function}.
 */
@NullMarked
package dev.juggler.work.compute.user;

import org.jspecify.annotations.NullMarked;
