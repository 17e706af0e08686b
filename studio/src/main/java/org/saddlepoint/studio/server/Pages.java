package org.saddlepoint.studio.server;

import io.javalin.config.RoutesConfig;

/** A part of what a server answers: adds the addresses that it knows. */
@FunctionalInterface
public interface Pages {
    /**
     * Adds addresses and who answers them.
     *
     * @param routes of the server
     * @param site what is common to all
     */
    void addTo(RoutesConfig routes, Site site);
}
