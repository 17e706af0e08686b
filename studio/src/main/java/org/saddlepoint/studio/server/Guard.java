package org.saddlepoint.studio.server;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;

/**
 * The {@link Gate} for one user's browser: {@link OwnSite}, where whatever changes something must have an Origin; and the token
 * must be in the cookie. The printed address has it once, and is answered with the cookie and an address without it.
 */
final class Guard implements Gate {
    private static final String TOKEN = "token";

    private final AccessToken token;
    private final OwnSite site;
    private volatile int port;

    Guard(ServerOptions options) {
        this.token = options.token();
        this.site = new OwnSite(options.host());
    }

    @Override
    public void listensAt(int actual) {
        port = actual;
        site.listensAt(actual);
    }

    /** The cookie's name; browsers share cookies among all ports of a machine. */
    String cookie() {
        return "saddlepoint-" + port;
    }

    @Override
    public void admit(Context request) {
        OwnSite.protect(request);
        site.requireHost(request);
        site.requireOrigin(request);
        if (request.header("Origin") == null && !OwnSite.reads(request)) {
            throw new RefusedException(403, "the request comes from another site");
        }
        boolean opensPage = OwnSite.reads(request) && request.path().equals("/");
        boolean hasToken = opensPage && token.isKnownBy(request.queryParam(TOKEN));
        if (!hasToken && !token.isKnownBy(request.cookie(cookie()))) {
            throw new RefusedException(401, "open the whole address that the command printed, with its token");
        }
        if (hasToken) {
            Cookie cookie = new Cookie(cookie(), token.text());
            cookie.setHttpOnly(true);
            cookie.setSameSite(SameSite.STRICT);
            request.cookie(cookie);
        }
        if (request.path().equals("/") && request.queryParam(TOKEN) != null) {
            // to a redirect browsers would not send the strict cookie if the address was opened from another page
            request.html("<!doctype html><meta http-equiv=\"refresh\" content=\"0;url=/\">");
            request.skipRemainingHandlers();
        }
    }
}
