package org.saddlepoint.benchmarks;

/**
 * What the peer is asked to do.
 *
 * @param width channels of the networks next to the image, of the methods of the DCGAN
 */
record PeerTask(PeerStyle style, Method method, int batchSize, int width) {
    /** In the words of {@code peer.py}. */
    @Override
    public String toString() {
        return style + " " + method + " " + batchSize + " " + width;
    }
}
