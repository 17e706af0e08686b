package org.saddlepoint.studio.serve;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.saddlepoint.studio.server.RefusedException;

/** The requests that are being answered: how many there are, and how much memory their answers need. */
final class Traffic {
    /** More at once are refused. */
    static final int MOST = 512;

    /** Pictures that come in at once; each may have {@link ServePages#LARGEST_PICTURE} bytes. */
    static final int MOST_PICTURES = 8;

    /** Bytes of heap for a number of a sample: itself, a copy, and its share of the encoded answer. */
    private static final int BYTES = 32;

    private final long mostNumbers = Runtime.getRuntime().maxMemory() / BYTES;
    private final AtomicLong numbers = new AtomicLong();
    private int requests;
    private int pictures;
    private boolean ending;

    /** A place among the requests; must be closed. */
    final class Ticket implements AutoCloseable {
        private final boolean picture;
        private final AtomicBoolean open = new AtomicBoolean(true);
        private final AtomicLong held = new AtomicLong();

        private Ticket(boolean picture) {
            this.picture = picture;
        }

        /**
         * Keeps memory for an answer until this is closed.
         *
         * @throws RefusedException if the answers of others need it
         */
        void hold(long count) {
            if (numbers.addAndGet(count) > mostNumbers) {
                numbers.addAndGet(-count);
                throw RefusedException.busy("the memory is full of answers to others; try again, or ask for fewer", 1);
            }
            held.addAndGet(count);
        }

        /** Closing twice does nothing. */
        @Override
        public void close() {
            if (open.getAndSet(false)) {
                numbers.addAndGet(-held.get());
                leave(picture);
            }
        }
    }

    /**
     * Takes a place.
     *
     * @param picture whether a picture comes with the request
     * @throws RefusedException if there are too many, or the server ends
     */
    synchronized Ticket enter(boolean picture) {
        if (ending) {
            throw RefusedException.unavailable("this server is ending; ask another one, or try again later", 5);
        }
        if (requests >= MOST || (picture && pictures >= MOST_PICTURES)) {
            throw RefusedException.busy(
                    picture
                            ? MOST_PICTURES + " pictures are being translated; try again later"
                            : MOST + " requests are being answered; try again later",
                    1);
        }
        requests++;
        pictures += picture ? 1 : 0;
        return new Ticket(picture);
    }

    private synchronized void leave(boolean picture) {
        requests--;
        pictures -= picture ? 1 : 0;
        notifyAll();
    }

    /** Requests that are being answered. */
    synchronized int requests() {
        return requests;
    }

    /** Whether new requests are answered. */
    synchronized boolean isOpen() {
        return !ending;
    }

    /** Refuses new requests from now on, and waits until those that were accepted are answered. */
    synchronized boolean drain(Duration patience) throws InterruptedException {
        ending = true;
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); requests > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return requests == 0;
    }
}
