package org.saddlepoint.benchmarks.quality;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.PeerException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.ImagesInMemory;
import org.saddlepoint.evaluation.DatasetSource;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.input.IoReasons;

/** A training of a peer in a Python process of its own; its samples are evaluated when it has ended. */
final class PeerCell {
    private static final String SCRIPT = "quality_peer.py";

    /** After its budget a peer has this long, in minutes and as a share of the budget, to draw its samples. */
    private static final long PATIENCE_MINUTES = 30;

    private final QualityConfig config;
    private final Path folder;
    private final Path pictures;
    private final Dataset data;

    /**
     * Peers that learn from this data.
     *
     * @param data what it learns from, and its samples are compared with
     * @param folder for the script, the pictures and samples; must exist
     */
    PeerCell(QualityConfig config, Dataset data, Path folder) {
        this.config = config;
        this.data = data;
        this.folder = folder.toAbsolutePath();
        this.pictures = this.folder.resolve("pictures.u8");
        try {
            try (InputStream source = PeerCell.class.getResourceAsStream(SCRIPT)) {
                if (source == null) {
                    throw new IllegalStateException(SCRIPT + " is missing from this build");
                }
                Files.write(this.folder.resolve(SCRIPT), source.readAllBytes());
            }
            RawPictures.write(data, pictures);
        } catch (IOException e) {
            throw new PeerException("the files for the peers cannot be written: " + IoReasons.of(e));
        }
    }

    CellResult run(CellKey key, Evaluator evaluator, String protocol) {
        List<CellResult.Point> points = new ArrayList<>();
        String end = CellResult.DONE;
        long steps = 0;
        try {
            for (String line : answers(key)) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("diverged")) {
                    end = CellResult.DIVERGED + "the networks gave NaN";
                } else {
                    steps = Long.parseLong(words[2]);
                    Map<String, Estimate> measured = measured(folder.resolve(words[3]), evaluator);
                    points.add(CellResult.Point.of(Double.parseDouble(words[1]), steps, measured));
                }
            }
        } catch (IOException e) {
            throw new PeerException("the samples of " + key + " cannot be read: " + IoReasons.of(e));
        }
        return new CellResult(key.method(), key.minutes(), key.seed(), protocol, steps, end, points);
    }

    private Map<String, Estimate> measured(Path file, Evaluator evaluator) throws IOException {
        ImageShape shape = (ImageShape) data.shape();
        List<float[]> samples = RawPictures.read(file, shape.elements());
        try (Dataset generated =
                ImagesInMemory.ofValues("samples of the peer", samples, shape, ImageFormat.AS_STORED)) {
            return evaluator.evaluate(new DatasetSource(generated, 0), data);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The lines "point SECONDS STEP FILE" of the script. */
    private List<String> answers(CellKey key) throws IOException {
        ImageShape shape = (ImageShape) data.shape();
        List<String> command = new ArrayList<>(List.of(
                config.python(),
                "-B",
                folder.resolve(SCRIPT).toString(),
                key.method(),
                pictures.toString(),
                shape.channels() + "," + shape.height() + "," + shape.width(),
                Double.toString(60 * key.minutes()),
                Integer.toString(config.points()),
                Integer.toString(config.samples()),
                Long.toString(key.seed()),
                Integer.toString(config.threads().orElse(0))));
        Path errors = folder.resolve("errors.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        // How the launcher has native memory kept is ours; PyTorch runs as it comes.
        List.of("MALLOC_ARENA_MAX", "GLIBC_TUNABLES").forEach(builder.environment()::remove);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new PeerException(config.python() + " cannot be started (" + e.getMessage()
                    + "); name a Python that has PyTorch with --python");
        }
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = new ArrayList<>();
            @Nullable String line;
            while ((line = reader.readLine()) != null) {
                lines.add(line);
            }
            long patience = Math.round(key.minutes()) + PATIENCE_MINUTES;
            if (!process.waitFor(patience, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new PeerException(key + " ended early: " + lastError(errors));
            }
            if (lines.isEmpty()) {
                throw new PeerException(key + " made no samples: " + lastError(errors));
            }
            return lines;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException(key + " was interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String lastError(Path errors) {
        try {
            List<String> lines = Files.readAllLines(errors);
            return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
