package org.saddlepoint.data.archives;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Unpacks deflated entries; inflaters are kept, since making one costs more than inflating a small picture. */
final class Inflation implements AutoCloseable {
    private final ConcurrentLinkedQueue<Inflater> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    InputStream of(InputStream deflated, int bufferSize) {
        Inflater inflater = idle.poll();
        return new Inflating(deflated, inflater == null ? new Inflater(true) : inflater, bufferSize);
    }

    private void give(Inflater inflater) {
        inflater.reset();
        idle.add(inflater);
        if (closed) {
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Inflater inflater = idle.poll(); inflater != null; inflater = idle.poll()) {
            inflater.end();
        }
    }

    private final class Inflating extends InflaterInputStream {
        private boolean given;
        private boolean ended;

        Inflating(InputStream deflated, Inflater inflater, int bufferSize) {
            super(deflated, inflater, bufferSize);
        }

        /** Without a zlib header the inflater wants one byte beyond the end. */
        @Override
        protected void fill() throws IOException {
            len = in.read(buf, 0, buf.length);
            if (len < 0) {
                if (ended) {
                    throw new EOFException("the entry is cut off");
                }
                ended = true;
                len = 1;
                buf[0] = 0;
            }
            inf.setInput(buf, 0, len);
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (!given) {
                given = true;
                give(inf);
            }
        }
    }
}
