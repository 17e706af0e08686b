/**
 * A web server: who may ask, what is sent with every answer, streams of events. It knows nothing of
 * runs, so that other commands that serve can use it.
 */
@NullMarked
package org.saddlepoint.studio.server;

import org.jspecify.annotations.NullMarked;
