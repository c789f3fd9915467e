package dev.juggler.work.fetch.http;

import dev.juggler.access.ProxyServer;
import dev.juggler.job.TaskError;
import dev.juggler.work.DiskFull;
import dev.juggler.work.Excerpt;
import dev.juggler.work.fetch.url.Origin;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Maps the exception that ended an exchange to the error of its task. Netty and Vert.x wrap their exceptions, so the
 * chain of causes is searched.
 */
public final class ExchangeErrors {
    private ExchangeErrors() {}

    private static TaskError beforeHead(Throwable cause, Origin origin) {
        String where = origin.authority();
        if (has(cause, UnknownHostException.class)) {
            return dns(cause, origin);
        }
        if (isConnect(cause)) {
            return TaskError.passing(
                    "connect", "cannot connect to " + where + ": " + message(cause, "refused or unreachable"));
        }
        if (has(cause, SSLException.class) || mentions(cause, "handshake")) {
            return TaskError.permanent(
                    "tls",
                    "cannot establish a secure connection to " + where + ": " + message(cause, "the handshake failed"));
        }
        if (has(cause, SocketException.class) && !mentions(cause, "reset") && !mentions(cause, "broken pipe")) {
            return TaskError.passing("connect", "cannot connect to " + where + ": " + message(cause, "unreachable"));
        }
        if (cause instanceof StreamResetException reset) {
            return TaskError.passing(
                    "reset",
                    where + " reset the stream before it responded: HTTP/2 error "
                            + Http2Error.valueOf(reset.getCode()));
        }
        return isBroken(cause)
                ? TaskError.passing("reset", where + " closed the connection before it responded")
                : TaskError.passing(
                        "protocol", where + " sent an invalid HTTP response: " + message(cause, "unreadable"));
    }

    /** Returns the error of an exchange, perhaps through a proxy, that failed before the response head. */
    public static TaskError beforeHead(Throwable cause, Origin origin, Optional<ProxyServer> proxy) {
        return proxy.isPresent() ? beforeHead(cause, origin, proxy.get()) : beforeHead(cause, origin);
    }

    /** Checks first whether the proxy caused the failure. */
    private static TaskError beforeHead(Throwable cause, Origin origin, ProxyServer proxy) {
        String where = "the proxy " + proxy.authority();
        if (has(cause, ProxyConnectException.class)) {
            return TaskError.permanent(
                    "proxy", where + " cannot connect to " + origin.authority() + ": " + proxyMessage(cause));
        }
        if (has(cause, UnknownHostException.class)) {
            return new TaskError("dns", "cannot find " + where + ": " + message(cause, "its name is not known"), false);
        }
        return isConnect(cause)
                ? TaskError.passing(
                        "connect", "cannot connect to " + where + ": " + message(cause, "refused or unreachable"))
                : beforeHead(cause, origin);
    }

    private static boolean isConnect(Throwable cause) {
        return has(cause, ConnectException.class)
                || has(cause, NoRouteToHostException.class)
                || has(cause, TimeoutException.class);
    }

    /** Returns the error of a proxy that requires a login and got none, or one that it rejects. */
    public static TaskError proxyLogin(ProxyServer proxy) {
        return TaskError.permanent(
                "proxy",
                "the proxy " + proxy.authority()
                        + " refused: 407 Proxy Authentication Required; give --proxy a valid USER:PASSWORD@");
    }

    /** Returns the error of an exchange that failed in the body. */
    public static TaskError inBody(Throwable cause, BodyReceiver body) {
        String declared = body.declared() < 0 ? "" : " of " + body.declared();
        String where = " after " + body.count() + declared + " bytes";
        if (isProtocol(cause) || (mentions(cause, "chunk") && !has(cause, EOFException.class))) {
            return TaskError.passing(
                    "bad-chunk",
                    "the body is not framed according to HTTP" + where + ": " + message(cause, "unreadable chunks"));
        }
        return has(cause, SocketException.class) || mentions(cause, "connection reset")
                ? TaskError.passing("reset", "the connection was reset" + where)
                : TaskError.passing("truncated", "the body broke off" + where + tlsMessage(cause));
    }

    private static String tlsMessage(Throwable cause) {
        return has(cause, SSLException.class) ? ": " + message(cause, "a TLS error") : "";
    }

    /** Returns the error of a body that could not be written, or turned out to be invalid while it was. */
    public static TaskError ofFile(Throwable cause) {
        if (cause instanceof InvalidBodyException fault) {
            return fault.error();
        }
        String why = cause instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : message(cause, "the file system rejected it");
        String message = "cannot save the body: " + Excerpt.of(why);
        return DiskFull.isReportedBy(why) ? TaskError.unwritable(message) : TaskError.permanent("io", message);
    }

    private static TaskError dns(Throwable cause, Origin origin) {
        String message = "cannot find the host " + origin.host() + ": " + message(cause, "its name is not known");
        boolean passing =
                mentions(cause, "temporary") || mentions(cause, "timed out") || has(cause, TimeoutException.class);
        return new TaskError("dns", message, passing);
    }

    /** Returns whether HTTP was violated. The Vert.x decoder reports that with several kinds of runtime exceptions. */
    private static boolean isProtocol(Throwable cause) {
        return has(cause, ProtocolException.class)
                || has(cause, DecoderException.class)
                || has(cause, IllegalArgumentException.class);
    }

    /** Returns whether the connection ended before a byte of the response arrived. */
    static boolean isClosed(Throwable cause) {
        return has(cause, HttpClosedException.class)
                || (has(cause, SocketException.class) && (mentions(cause, "reset") || mentions(cause, "broken pipe")));
    }

    /** Returns whether the connection ended. Netty has a separate exception for one that ends within a head. */
    private static boolean isBroken(Throwable cause) {
        return has(cause, PrematureChannelClosureException.class)
                || has(cause, HttpClosedException.class)
                || (has(cause, IOException.class) && !isProtocol(cause));
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        Throwable t = thrown;
        for (int depth = 0; t != null && depth < 16; depth++, t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mentions(Throwable thrown, String words) {
        Throwable t = thrown;
        for (int depth = 0; t != null && depth < 16; depth++, t = t.getCause()) {
            if (t.getMessage() != null
                    && t.getMessage().toLowerCase(Locale.ROOT).contains(words)) {
                return true;
            }
        }
        return false;
    }

    /** Removes the kind, login and both addresses of the proxy, which Netty puts before the reason. */
    private static String proxyMessage(Throwable cause) {
        String message = message(cause, "refused");
        int addresses = message.indexOf(" => ");
        int reason = addresses < 0 ? -1 : message.indexOf(", ", addresses);
        return reason < 0 ? message : message.substring(reason + 2);
    }

    /** Returns the message of the innermost cause that has one. */
    private static String message(Throwable thrown, String otherwise) {
        String message = otherwise;
        Throwable t = thrown;
        for (int depth = 0; t != null && depth < 16; depth++, t = t.getCause()) {
            if (t.getMessage() != null && !t.getMessage().isBlank()) {
                message = t.getMessage();
            }
        }
        return Excerpt.of(message);
    }
}
