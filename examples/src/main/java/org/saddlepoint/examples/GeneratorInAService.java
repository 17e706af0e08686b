package org.saddlepoint.examples;

import java.nio.file.Path;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.TrainedGenerator;

/** Loads the generator of a finished run and draws single images, as a service does, from any number of threads. */
public final class GeneratorInAService implements AutoCloseable {
    private final TrainedGenerator generator;

    /** Loads the newest checkpoint of a run of images. */
    public GeneratorInAService(Path run) {
        // snippet: load
        generator = TrainedGenerator.open(run); // once; safe for any number of threads
        // end
    }

    /** An image as the bytes of a PNG file; the same seed gives the same one. */
    public byte[] draw(long seed) {
        // snippet: draw
        return generator.sample(SampleOptions.of(1).seed(seed)).png(0);
        // end
    }

    @Override
    public void close() {
        generator.close();
    }
}
