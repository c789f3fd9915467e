package dev.juggler.work.fetch.http;

import dev.juggler.access.ProxyServer;
import dev.juggler.job.TaskError;
import dev.juggler.work.DiskFull;
import dev.juggler.work.Excerpt;
import dev.juggler.work.fetch.url.Origin;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.http.HttpClosedException;
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
 * Turns the exception that ended an exchange into the error of its task. Netty and Vert.x wrap theirs, so the chain of
 * causes is searched.
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
                    "connect", "cannot connect to " + where + ": " + said(cause, "refused or unreachable"));
        }
        if (has(cause, SSLException.class) || mentions(cause, "handshake")) {
            return TaskError.permanent(
                    "tls", "no secure connection to " + where + ": " + said(cause, "the handshake failed"));
        }
        if (has(cause, SocketException.class) && !mentions(cause, "reset") && !mentions(cause, "broken pipe")) {
            return TaskError.passing("connect", "cannot connect to " + where + ": " + said(cause, "unreachable"));
        }
        return isBroken(cause)
                ? TaskError.passing("reset", where + " closed the connection before it answered")
                : TaskError.passing("protocol", where + " did not answer in HTTP: " + said(cause, "unreadable answer"));
    }

    /** The error of an exchange, perhaps through a proxy, that failed before the response head. */
    public static TaskError beforeHead(Throwable cause, Origin origin, Optional<ProxyServer> proxy) {
        return proxy.isPresent() ? beforeHead(cause, origin, proxy.get()) : beforeHead(cause, origin);
    }

    /** The proxy may be to blame. */
    private static TaskError beforeHead(Throwable cause, Origin origin, ProxyServer proxy) {
        String where = "the proxy " + proxy.authority();
        if (has(cause, ProxyConnectException.class)) {
            return TaskError.permanent(
                    "proxy", where + " does not lead to " + origin.authority() + ": " + saidOfProxy(cause));
        }
        if (has(cause, UnknownHostException.class)) {
            return new TaskError("dns", "cannot find " + where + ": " + said(cause, "its name is not known"), false);
        }
        return isConnect(cause)
                ? TaskError.passing(
                        "connect", "cannot connect to " + where + ": " + said(cause, "refused or unreachable"))
                : beforeHead(cause, origin);
    }

    private static boolean isConnect(Throwable cause) {
        return has(cause, ConnectException.class)
                || has(cause, NoRouteToHostException.class)
                || has(cause, TimeoutException.class);
    }

    /** The error of a proxy that wants to know who asks, and was told nothing it takes. */
    public static TaskError proxyLogin(ProxyServer proxy) {
        return TaskError.permanent(
                "proxy",
                "the proxy " + proxy.authority()
                        + " refused: 407 Proxy Authentication Required; give --proxy a USER:PASSWORD@ that it knows");
    }

    /** The error of an exchange that broke off in the body. */
    public static TaskError inBody(Throwable cause, BodyReceiver intake) {
        String how = intake.declared() < 0 ? "" : " of " + intake.declared();
        String where = " after " + intake.count() + how + " bytes";
        if (isProtocol(cause) || (mentions(cause, "chunk") && !has(cause, EOFException.class))) {
            return TaskError.passing(
                    "bad-chunk",
                    "the body is not framed as HTTP has it" + where + ": " + said(cause, "unreadable chunks"));
        }
        return has(cause, SocketException.class) || mentions(cause, "connection reset")
                ? TaskError.passing("reset", "the connection was reset" + where)
                : TaskError.passing("truncated", "the body broke off" + where + ofTls(cause));
    }

    private static String ofTls(Throwable cause) {
        return has(cause, SSLException.class) ? ": " + said(cause, "a fault of TLS") : "";
    }

    /** The error of a body that could not be written, or was found wrong by then. */
    public static TaskError ofFile(Throwable cause) {
        if (cause instanceof InvalidBodyException fault) {
            return fault.error();
        }
        String why = cause instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : said(cause, "the file system refused it");
        String message = "cannot save the body: " + Excerpt.of(why);
        return DiskFull.isReportedBy(why) ? TaskError.unwritable(message) : TaskError.permanent("io", message);
    }

    private static TaskError dns(Throwable cause, Origin origin) {
        String message = "cannot find the host " + origin.host() + ": " + said(cause, "its name is not known");
        boolean passing =
                mentions(cause, "temporary") || mentions(cause, "timed out") || has(cause, TimeoutException.class);
        return new TaskError("dns", message, passing);
    }

    /** A violation of HTTP. The Vert.x decoder says it in runtime exceptions of several kinds. */
    private static boolean isProtocol(Throwable cause) {
        return has(cause, ProtocolException.class)
                || has(cause, DecoderException.class)
                || has(cause, IllegalArgumentException.class);
    }

    /** Returns whether the connection ended before a byte of the answer had come. */
    static boolean isClosed(Throwable cause) {
        return has(cause, HttpClosedException.class)
                || (has(cause, SocketException.class) && (mentions(cause, "reset") || mentions(cause, "broken pipe")));
    }

    /** The end of the connection. Netty has an exception of its own for one in the middle of a head. */
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

    /** Netty puts kind, login and both addresses of a proxy before what happened. */
    private static String saidOfProxy(Throwable cause) {
        String said = said(cause, "refused");
        int addresses = said.indexOf(" => ");
        int what = addresses < 0 ? -1 : said.indexOf(", ", addresses);
        return what < 0 ? said : said.substring(what + 2);
    }

    /** The message of the innermost cause that has one. */
    private static String said(Throwable thrown, String otherwise) {
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
