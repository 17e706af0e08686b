package org.saddlepoint.studio.server;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that mean this server from those that pages of other sites make.
 *
 * <ul>
 *   <li><b>Host</b> must name this server, so that a page of another site whose name was made to point here cannot read
 *       answers (DNS rebinding).
 *   <li><b>Origin</b>, where there is one, and {@code Sec-Fetch-Site} must be this server's: pages of other sites cannot ask
 *       in the user's name.
 * </ul>
 */
public final class OwnSite {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    /** Nothing but this server's own files and pictures made by them; no scripts and styles within a page. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String host;
    private volatile int port;

    /** @param host that the server binds */
    public OwnSite(String host) {
        this.host = host;
    }

    /** From now on the server is at this port. */
    public void listensAt(int actual) {
        port = actual;
    }

    /** Whether a request only reads. */
    public static boolean reads(Context request) {
        return READING.contains(request.method().name());
    }

    /** What every answer forbids browsers. */
    public static void protect(Context answer) {
        answer.header("Content-Security-Policy", POLICY);
        answer.header("X-Content-Type-Options", "nosniff");
        answer.header("Referrer-Policy", "no-referrer");
        answer.header("Cross-Origin-Resource-Policy", "same-origin");
        answer.header("Cross-Origin-Opener-Policy", "same-origin");
        answer.header("Cache-Control", "no-store");
    }

    /** @throws RefusedException if the request was for another host */
    public void requireHost(Context request) {
        @Nullable String asked = request.header("Host");
        if (asked == null || !hosts().contains(asked.toLowerCase(Locale.ROOT))) {
            throw new RefusedException(403, "this server is " + hosts().get(0) + "; the request was for another host");
        }
    }

    /** @throws RefusedException if the request comes from a page of another site */
    public void requireOrigin(Context request) {
        String origin = request.header("Origin");
        String site = request.header("Sec-Fetch-Site");
        boolean opensPage = reads(request) && request.path().equals("/"); // a link to the first page harms nobody
        boolean foreign = origin != null && hosts().stream().noneMatch(each -> origin.equals("http://" + each));
        if (foreign || (site != null && !OWN_SITES.contains(site) && !opensPage)) {
            throw new RefusedException(403, "the request comes from another site");
        }
    }

    private List<String> hosts() {
        return List.of(
                Endpoint.authority(host, port),
                "localhost:" + port,
                Endpoint.LOOPBACK + ":" + port,
                Endpoint.authority("::1", port));
    }
}
