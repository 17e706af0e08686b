package org.saddlepoint.studio.serve;

import io.javalin.http.Context;
import java.util.Set;
import org.saddlepoint.studio.server.Gate;
import org.saddlepoint.studio.server.OwnSite;
import org.saddlepoint.studio.server.RefusedException;

/**
 * The {@link Gate} for programs: an API key, in {@code Authorization: Bearer} or {@code X-API-Key}. The description and the
 * probes of health are open.
 *
 * <p>Without keys it answers everybody who can reach it, but no pages of other sites in a browser on this machine: {@link
 * OwnSite}. With keys these are no danger, since browsers do not send keys by themselves.
 */
final class ApiGate implements Gate {
    private static final Set<String> OPEN =
            Set.of("/", "/openapi.json", "/serve.css", "/healthz", "/readyz", "/favicon.ico", "/icon.svg");
    private static final String BEARER = "Bearer ";

    private final ServeOptions options;
    private final OwnSite site;

    ApiGate(ServeOptions options) {
        this.options = options;
        this.site = new OwnSite(options.host());
    }

    @Override
    public void listensAt(int port) {
        site.listensAt(port);
    }

    @Override
    public void admit(Context request) {
        OwnSite.protect(request);
        if (options.keys().areNone()) {
            if (options.endpoint().isLoopback()) { // others are reached by names that are not known here
                site.requireHost(request);
            }
            site.requireOrigin(request);
        } else if (!OPEN.contains(request.path()) && !isKnown(request)) {
            request.header("WWW-Authenticate", "Bearer");
            throw new RefusedException(
                    401, "this server asks for an API key: send the header Authorization: Bearer KEY");
        }
    }

    private boolean isKnown(Context request) {
        String authorization = request.header("Authorization");
        String given = authorization != null && authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : request.header("X-API-Key");
        return options.keys().isKnownBy(given);
    }
}
