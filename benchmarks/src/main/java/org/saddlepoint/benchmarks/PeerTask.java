package org.saddlepoint.benchmarks;

import org.saddlepoint.training.Precision;

/**
 * What the peer is asked to do.
 *
 * @param width channels of the networks next to the image, of the methods of the DCGAN
 * @param precision arithmetic of the networks' passes
 */
record PeerTask(PeerStyle style, Method method, int batchSize, int width, Precision precision) {
    /** The same in another style. */
    PeerTask in(PeerStyle other) {
        return new PeerTask(other, method, batchSize, width, precision);
    }

    /** In the words of {@code peer.py}. */
    @Override
    public String toString() {
        return style + " " + method + " " + batchSize + " " + width + " " + precision;
    }
}
