package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.formats.CifarDataset;
import org.saddlepoint.data.formats.CsvImages;
import org.saddlepoint.data.formats.CsvPoints;
import org.saddlepoint.data.formats.IdxDataset;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.data.images.PictureFiles;
import org.saddlepoint.recipes.OfficialTranslators;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.Seal;
import org.saddlepoint.testing.Denied;
import org.saddlepoint.training.Inference;

/** What may not be read is called that, and neither damaged nor missing. */
class PermissionsTest {
    private static final ImageFormat FORMAT = ImageFormat.AS_STORED;

    @TempDir
    private Path temp;

    private Path pictures;

    @BeforeEach
    void pictures() {
        pictures = Images.greys(temp.resolve("top/pictures"), 3);
    }

    private Path file(String name) {
        return Images.write(temp.resolve("top").resolve(name), new byte[] {1});
    }

    /** A run with one checkpoint. */
    private Path madeRun() throws IOException {
        Path folder = temp.resolve("top/run");
        Path checkpoint = Files.createDirectories(folder.resolve("checkpoints/000002"));
        Files.writeString(folder.resolve("run.json"), "{}");
        Files.writeString(folder.resolve("recipe.yaml"), "{}");
        Files.writeString(folder.resolve("metrics.jsonl"), "");
        Files.writeString(checkpoint.resolve("generator.safetensors"), "weights");
        Seal.write(checkpoint, Map.of("step", 2));
        return folder;
    }

    /** It with a part that may not be read. */
    private RunFolder run(String denied) throws IOException {
        Path folder = temp.resolve("top/run");
        return RunFolder.open(Denied.path(folder, folder.resolve(denied)));
    }

    private static DynamicTest denied(String what, Class<? extends Exception> type, ThrowingCallable reading) {
        return dynamicTest(what, () -> assertThatThrownBy(reading)
                .isInstanceOf(type)
                .hasMessageContaining("permission denied for ")
                .message()
                .doesNotContain("damaged", "does not exist", "no such", "holds no", "replace them", "empty"));
    }

    @TestFactory
    List<DynamicTest> data() throws IOException {
        Path zip = file("a.zip");
        Path csv = file("t.csv");
        Path idx = file("i.idx");
        Path cifar = file("cifar/batches.meta.txt").getParent();
        Path one = Images.png(temp.resolve("top/one/a.png"), 8, 8, Color.RED).getParent();
        Path table = Images.write(temp.resolve("top/table.csv"), "file\none/a.png\n".getBytes(StandardCharsets.UTF_8));
        Path top = temp.resolve("top");
        return List.of(
                denied(
                        "a folder",
                        DataException.class,
                        () -> ImageCollection.folder(Denied.path(pictures, pictures), FORMAT)),
                denied(
                        "a folder in one",
                        DataException.class,
                        () -> ImageCollection.folder(Denied.path(pictures, top), FORMAT)),
                denied(
                        "all pictures",
                        DataException.class,
                        () -> ImageCollection.folder(Denied.path(one, one.resolve("a.png")), FORMAT)),
                denied("a zip", DataException.class, () -> ImageCollection.zip(Denied.path(zip, zip), FORMAT)),
                denied(
                        "a zip in a folder",
                        DataException.class,
                        () -> ImageCollection.zip(Denied.path(zip, top), FORMAT)),
                denied("points", DataException.class, () -> CsvPoints.open(Denied.path(csv, csv))),
                denied(
                        "a table",
                        DataException.class,
                        () -> CsvImages.open(Denied.path(table, table), FORMAT, 0, Links.INSIDE)),
                denied(
                        "a table in a folder",
                        DataException.class,
                        () -> CsvImages.open(Denied.path(table, top), FORMAT, 0, Links.INSIDE)),
                denied(
                        "pictures of a table",
                        DataException.class,
                        () -> CsvImages.open(Denied.path(table, one), FORMAT, 0, Links.INSIDE)),
                denied("IDX", DataException.class, () -> IdxDataset.open(Denied.path(idx, idx), FORMAT)),
                denied("IDX in a folder", DataException.class, () -> IdxDataset.open(Denied.path(idx, top), FORMAT)),
                denied(
                        "CIFAR",
                        DataException.class,
                        () -> CifarDataset.cifar10(Denied.path(cifar, cifar), CifarDataset.Part.TEST, FORMAT)),
                denied(
                        "CIFAR in a folder",
                        DataException.class,
                        () -> CifarDataset.cifar10(Denied.path(cifar, top), CifarDataset.Part.TEST, FORMAT)),
                denied(
                        "a file of CIFAR",
                        DataException.class,
                        () -> CifarDataset.cifar10(
                                Denied.path(cifar, cifar.resolve("batches.meta.txt")), CifarDataset.Part.TEST, FORMAT)),
                denied(
                        "a picture to translate",
                        DataException.class,
                        () -> PictureFiles.open(Denied.path(one.resolve("a.png"), one), Links.INSIDE)));
    }

    @Test
    void aLinkToWhatMayNotBeReadIsNoLinkToNowhere(@TempDir Path elsewhere) throws IOException {
        Path folder = Images.png(temp.resolve("links/a.png"), 8, 8, Color.RED).getParent();
        Path hidden = Images.png(elsewhere.resolve("b.png"), 8, 8, Color.RED);
        Files.createSymbolicLink(folder.resolve("b.png"), hidden);
        try (Dataset data = ImageCollection.folder(Denied.path(folder, elsewhere), FORMAT)) {
            assertThat(data.skipped())
                    .singleElement()
                    .asString()
                    .contains("a link to what cannot be read: permission denied for ");
        }
    }

    @TestFactory
    Stream<DynamicTest> runs() throws IOException {
        Path folder = madeRun();
        Path made = temp.resolve("top/new");
        return Stream.of(
                denied("a run", RunException.class, () -> run("")),
                denied(
                        "a run in a folder",
                        RunException.class,
                        () -> RunFolder.open(Denied.path(folder, temp.resolve("top")))),
                denied("whether it is a run", RunException.class, () -> RunFolder.isRun(Denied.path(folder, folder))),
                denied("run.json", RunException.class, () -> run("run.json").manifest()),
                denied("recipe.yaml", RunException.class, () -> run("recipe.yaml")
                        .recipe()),
                denied(
                        "metrics.jsonl",
                        RunException.class,
                        () -> MetricsLog.read(run("metrics.jsonl").metricsFile())),
                denied("checkpoints", RunException.class, () -> CheckpointSearch.of(run("checkpoints"))),
                denied("a checkpoint", RunException.class, () -> CheckpointSearch.of(run("checkpoints/000002"))),
                denied(
                        "its state",
                        RunException.class,
                        () -> CheckpointSearch.of(run("checkpoints/000002/state.json"))),
                denied(
                        "its weights",
                        RunException.class,
                        () -> CheckpointSearch.of(run("checkpoints/000002/generator.safetensors"))),
                denied("a new run", RunException.class, () -> RunFolder.create(Denied.path(made, temp.resolve("top")))),
                denied(
                        "a new run in a folder",
                        RunException.class,
                        () -> RunFolder.createFresh(Denied.path(temp.resolve("top"), temp.resolve("top")), "a")));
    }

    @TestFactory
    Stream<DynamicTest> recipesAndWeights() throws IOException {
        Path recipe = file("recipe.yaml");
        return Stream.concat(
                Stream.of(denied(
                        "a recipe", RecipeException.class, () -> Recipes.read(Denied.path(recipe, recipe), Map.of()))),
                Stream.of("w.pth", "w.safetensors")
                        .map(name -> denied(name, DataException.class, () -> {
                            Path weights = file(name);
                            OfficialTranslators.read(
                                    OfficialTranslators.Method.PIX2PIX,
                                    List.of(Denied.path(weights, weights)),
                                    Inference.TRAINING);
                        })));
    }

    @Test
    void aPictureAmongOthersIsLeftOutByName() throws IOException {
        try (ImageCollection images =
                ImageCollection.folder(Denied.path(pictures, pictures.resolve("001.png")), FORMAT)) {
            assertThat(images.size()).isEqualTo(2);
            assertThat(images.skipped()).singleElement().satisfies(skipped -> {
                assertThat(skipped.name()).isEqualTo("001.png");
                assertThat(skipped.reason())
                        .as("without its name, so that all such files have one reason")
                        .startsWith("permission denied for ")
                        .contains(": it belongs to ");
            });
        }
    }
}
