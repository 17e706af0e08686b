package org.saddlepoint.studio.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.LatentDirections;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.studio.SmallPictures;
import org.saddlepoint.studio.Studio;
import org.saddlepoint.studio.models.Tiles.Move;
import org.saddlepoint.studio.models.Tiles.Part;
import org.saddlepoint.studio.models.Tiles.Tile;
import org.saddlepoint.studio.server.AccessToken;
import org.saddlepoint.studio.server.Raw;
import org.saddlepoint.studio.server.RefusedException;
import org.saddlepoint.studio.server.ServerOptions;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Directions of a latent space, and training pictures beside samples. */
class LatentPagesTest {
    @TempDir
    private static Path temp;

    private static Path runs;

    @BeforeAll
    static void train() throws IOException {
        runs = temp.resolve("runs");
        SmallPictures.train(runs.resolve("grey"), SmallPictures.write(temp.resolve("grey"), false));
        SmallPictures.train(runs.resolve("colour"), SmallPictures.write(temp.resolve("colour"), true));
    }

    private static float[] drawn(TrainedGenerator generator, Move... moves) {
        Tile tile = new Tile(List.of(new Part(7, 1)), -1, List.of(moves));
        return new Tiles(List.of(tile), OptionalDouble.empty()).draw(generator);
    }

    @Test
    void aMoveAddsItsDirectionToTheLatent() {
        try (TrainedGenerator generator = TrainedGenerator.open(runs.resolve("grey"));
                TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(7)) {
            LatentDirections directions = generator.directions().orElseThrow();
            Tensor z = generator.recipe().latent().sample(1, random);
            float[] step = new float[generator.recipe().latent().size()];
            for (int i = 0; i < step.length; i++) {
                step[i] = 2 * directions.vectors().get(0).get(i)
                        - directions.vectors().get(3).get(i);
            }
            float[] expected = generator
                    .generate(z.add(Tensors.of(step, 1, step.length)), Conditioning.none())
                    .toFloatArray();
            assertThat(drawn(generator, new Move(0, 2), new Move(3, -1))).containsExactly(expected, within(1e-5f));
            assertThat(drawn(generator)).isNotEqualTo(expected);
        }
    }

    @Test
    void directionsThatDoNotExistAreRefused() {
        try (TrainedGenerator generator = TrainedGenerator.open(runs.resolve("grey"))) {
            int size = generator.recipe().latent().size();
            for (Move move : List.of(new Move(-1, 1), new Move(size, 1), new Move(0, Double.NaN))) {
                assertThatThrownBy(() -> drawn(generator, move))
                        .isInstanceOf(RefusedException.class)
                        .hasMessageContaining("a direction must be in [0, " + (size - 1) + "]");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"grey, pixels", "colour, colour"})
    void aTrainingPictureIsNearestToItself(String run, String by) throws DamagedExampleException {
        try (LearntPictures learnt = LearntPictures.open(RunFolder.open(runs.resolve(run)), new ReadingProgress());
                Dataset data = DataSources.open(
                        temp.resolve(run).toString(),
                        Recipes.load("dcgan-quick", java.util.Map.of()).dataOptions())) {
            float[] picture = new float[data.shape().elements()];
            data.read(5, picture, 0);
            List<LearntPictures.Neighbour> found = learnt.nearest(picture, 4);
            assertThat(learnt.by()).isEqualTo(by);
            assertThat(learnt.searched()).isEqualTo(SmallPictures.COUNT);
            assertThat(found).hasSize(4);
            assertThat(found.get(0).index()).isEqualTo(5);
            assertThat(found.get(0).distance()).isEqualTo(0, within(1e-3));
            assertThat(found).isSortedAccordingTo((a, b) -> Double.compare(a.distance(), b.distance()));
            assertThat(learnt.pictures(found.subList(0, 1))).containsExactly(picture);
        }
    }

    @Test
    void browsersAreToldOfDirectionsAndNeighbours() throws IOException {
        AccessToken token = AccessToken.random();
        try (Studio studio = Studio.open(runs, ServerOptions.local().token(token), arguments -> List.of("true"))) {
            Raw asked = Raw.at(studio.port()).token(token).header("Origin", "http://127.0.0.1:" + studio.port());
            assertThat(asked.get("/api/model?id=grey").body()).contains("\"layer\":\"", "\"strengths\":[");
            asked = Raw.at(studio.port()).token(token).header("Origin", "http://127.0.0.1:" + studio.port());
            Raw.Answer near = asked.post("/api/model/nearest?id=grey", "{\"tiles\":[{\"parts\":[[1,1]]}]}");
            assertThat(near.text()).contains("image/png", "X-Columns: 8", "\"by\":\"pixels\"", "\"of\":12");
            asked = Raw.at(studio.port()).token(token).header("Origin", "http://127.0.0.1:" + studio.port());
            String two = "{\"tiles\":[{\"parts\":[[1,1]]},{\"parts\":[[2,1]]}]}";
            assertThat(asked.post("/api/model/nearest?id=grey", two).body()).contains("one picture at a time");
            asked = Raw.at(studio.port()).token(token);
            assertThat(asked.get("/api/model/nearest/progress?id=grey").body()).isEqualTo("{\"reading\":false}");
        }
    }

    @Test
    void theReadingTellsHowFarItIsAndCanBeStopped() {
        RunFolder run = RunFolder.open(runs.resolve("grey"));
        ReadingProgress progress = new ReadingProgress();
        LearntPictures.open(run, progress).close();
        assertThat(progress.json().toString()).isEqualTo("{\"reading\":true,\"done\":0,\"of\":12}"); // a batch
        progress.stop();
        assertThatThrownBy(() -> LearntPictures.open(run, progress))
                .isInstanceOf(RefusedException.class)
                .hasMessage("the search was stopped");
    }

    @Test
    void dataThatIsGoneIsNamed() throws IOException {
        Path pictures = SmallPictures.write(temp.resolve("gone"), false);
        Path run = SmallPictures.train(temp.resolve("run-of-gone"), pictures);
        Files.move(pictures, temp.resolve("elsewhere"));
        assertThatThrownBy(() -> LearntPictures.open(RunFolder.open(run), new ReadingProgress()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("the training pictures cannot be searched")
                .hasMessageContaining("gone");
    }
}
