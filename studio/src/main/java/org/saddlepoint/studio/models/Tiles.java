package org.saddlepoint.studio.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.saddlepoint.LatentDirections;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.studio.server.RefusedException;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Samples that a browser asks for, each by a combination of latents. A latent is called by its seed, so that a sample can be had
 * again, kept, and mixed with others:
 *
 * <pre>z = Σ wᵢ z(seedᵢ) / √(Σ wᵢ²)   for normal latents, which stay normal; else z = Σ wᵢ z(seedᵢ)</pre>
 *
 * @param tiles at least one
 * @param truncation ψ; empty for none. Only of tiles of one latent
 */
record Tiles(List<Tile> tiles, OptionalDouble truncation) {
    /** More at once are refused. */
    static final int MOST = 256;

    private static final int MOST_PARTS = 4;

    /** Numbers of all samples together: what a sheet and the networks' memory are bounded by. */
    private static final long MOST_NUMBERS = 1L << 24;

    /** A part of a latent: the one of this seed, times a weight. */
    record Part(long seed, double weight) {}

    /** A step along one of the {@link LatentDirections}, in numbers of the latent. */
    record Move(int direction, double amount) {}

    /** A sample: its latent, the position of its class or −1, and how the latent is moved. */
    record Tile(List<Part> parts, int label, List<Move> moves) {
        Tile(List<Part> parts, int label) {
            this(parts, label, List.of());
        }
    }

    Tiles {
        tiles = List.copyOf(tiles);
    }

    /** @throws RefusedException if the request asks for none or too many */
    static Tiles read(JsonNode body) {
        List<Tile> tiles = new ArrayList<>();
        for (JsonNode tile : body.path("tiles")) {
            List<Part> parts = new ArrayList<>();
            for (JsonNode part : tile.path("parts")) {
                parts.add(new Part(part.path(0).asLong(), part.path(1).asDouble(1)));
            }
            if (parts.isEmpty() || parts.size() > MOST_PARTS || parts.stream().allMatch(part -> part.weight() == 0)) {
                throw RefusedException.wrong("each sample needs 1 to " + MOST_PARTS + " latents with weights");
            }
            List<Move> moves = new ArrayList<>();
            for (JsonNode move : tile.path("moves")) {
                moves.add(new Move(move.path(0).asInt(), move.path(1).asDouble()));
            }
            tiles.add(new Tile(parts, tile.path("label").asInt(-1), moves));
        }
        if (tiles.isEmpty() || tiles.size() > MOST) {
            throw RefusedException.wrong("expected 1 to " + MOST + " samples but was asked for " + tiles.size());
        }
        JsonNode psi = body.path("truncation");
        return new Tiles(tiles, psi.isNumber() ? OptionalDouble.of(psi.asDouble()) : OptionalDouble.empty());
    }

    /** The samples' numbers, one after the other. */
    float[] draw(TrainedGenerator generator) {
        long fit = Math.max(1, MOST_NUMBERS / generator.sampleShape().elements());
        if (tiles.size() > fit) {
            throw RefusedException.wrong("at most " + fit + " samples of this size are drawn at once but "
                    + tiles.size() + " were asked for");
        }
        requireLabels(generator.classNames().size());
        return truncation.isPresent() ? truncated(generator) : plain(generator);
    }

    private void requireLabels(int classes) {
        for (Tile tile : tiles) {
            if (classes == 0 ? tile.label() >= 0 : tile.label() < 0 || tile.label() >= classes) {
                throw RefusedException.wrong(
                        classes == 0
                                ? "this model asks for no class"
                                : "label must be in [0, " + (classes - 1) + "] but was " + tile.label());
            }
        }
    }

    private float[] plain(TrainedGenerator generator) {
        Latent latent = generator.recipe().latent();
        try (TensorScope scope = TensorScope.open()) {
            List<List<Float>> directions = moved() ? directions(generator) : List.of();
            Tensor latents = Tensors.cat(
                    tiles.stream()
                            .map(tile -> moved(latent(tile, latent), tile.moves(), directions))
                            .toList(),
                    0);
            return generator.generate(latents, conditions(generator)).toFloatArray();
        }
    }

    private boolean moved() {
        return tiles.stream().anyMatch(tile -> !tile.moves().isEmpty());
    }

    private static List<List<Float>> directions(TrainedGenerator generator) {
        return generator
                .directions()
                .map(LatentDirections::vectors)
                .orElseThrow(() -> RefusedException.wrong("the first layer of this model has no directions"));
    }

    private static Tensor moved(Tensor latent, List<Move> moves, List<List<Float>> directions) {
        Tensor sum = latent;
        for (Move move : moves) {
            if (move.direction() < 0 || move.direction() >= directions.size() || !Double.isFinite(move.amount())) {
                throw RefusedException.wrong("a direction must be in [0, " + (directions.size() - 1) + "] but was "
                        + move.direction() + ", by a finite amount");
            }
            List<Float> direction = directions.get(move.direction());
            float[] step = new float[direction.size()];
            for (int i = 0; i < step.length; i++) {
                step[i] = (float) (direction.get(i) * move.amount());
            }
            sum = sum.add(Tensors.of(step, 1, step.length));
        }
        return sum;
    }

    private Conditioning conditions(TrainedGenerator generator) {
        int numbers = generator.vectorNames().size();
        if (numbers > 0) { // the mean of what it was trained on
            return new Conditioning.Vectors(Tensors.zeros(tiles.size(), numbers));
        }
        return generator.classNames().isEmpty()
                ? Conditioning.none()
                : Conditioning.labels(tiles.stream().mapToLong(Tile::label).toArray());
    }

    private static Tensor latent(Tile tile, Latent latent) {
        Tensor sum = null;
        double squares = 0;
        for (Part part : tile.parts()) {
            try (RandomGenerator random = new RandomGenerator(part.seed())) {
                Tensor own = latent.sample(1, random).mul(part.weight());
                sum = sum == null ? own : sum.add(own);
            }
            squares += part.weight() * part.weight();
        }
        if (sum == null) {
            throw RefusedException.wrong("each sample needs a latent");
        }
        return latent.distribution() == Latent.Distribution.NORMAL ? sum.div(Math.sqrt(squares)) : sum;
    }

    private float[] truncated(TrainedGenerator generator) {
        int elements = generator.sampleShape().elements();
        float[] values = new float[tiles.size() * elements];
        for (int i = 0; i < tiles.size(); i++) {
            Tile tile = tiles.get(i);
            if (tile.parts().size() != 1 || !tile.moves().isEmpty()) {
                throw RefusedException.wrong("truncation is for samples of one latent as it is; leave it out");
            }
            SampleOptions options =
                    SampleOptions.of(1).seed(tile.parts().get(0).seed()).truncation(truncation.orElse(1));
            if (tile.label() >= 0) {
                options = options.label(tile.label());
            }
            System.arraycopy(generator.sample(options).toFloatArray(0), 0, values, i * elements, elements);
        }
        return values;
    }
}
