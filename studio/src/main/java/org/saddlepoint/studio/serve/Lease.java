package org.saddlepoint.studio.serve;

/**
 * A model that stays open until this is closed, whatever replaces it meanwhile.
 *
 * @param <M> the model
 */
interface Lease<M> extends AutoCloseable {
    M model();

    /** Closing twice does nothing. */
    @Override
    void close();
}
