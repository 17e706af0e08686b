package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.LeakCheck;

/** {@code train --tensorboard}, and {@code export} of what a run logged. */
@ExtendWith(LeakCheck.class)
class ExportedLogsTest {
    @TempDir
    private Path temp;

    private String at(String name) {
        return temp.resolve(name).toString();
    }

    @Test
    void aRunIsTrainedAndExportedForBoth() throws IOException {
        Cli.Result trained = Cli.run(
                "train",
                "gan",
                "--data",
                "ring8",
                "--steps",
                "2",
                "--threads",
                "1",
                "--out",
                at("run"),
                "--tensorboard");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("tensorboard --logdir");
        assertThat(Cli.tree(temp.resolve("run/tensorboard")))
                .singleElement()
                .asString()
                .matches("events\\.out\\.tfevents\\.[0-9]{10}\\.saddlepoint\\.0000");

        Cli.Result events = Cli.run("export", at("run"), at("events"), "--format", "tensorboard");
        assertThat(events.code()).as(events.err()).isZero();
        assertThat(Cli.tree(temp.resolve("events"))).hasSize(1);

        Cli.Result mlflow = Cli.run("export", at("run"), at("mlruns"), "--format", "mlflow", "--json");
        assertThat(mlflow.code()).as(mlflow.err()).isZero();
        assertThat(mlflow.out()).contains("\"format\":\"mlflow\"", "\"step\":2");
        assertThat(Cli.tree(temp.resolve("mlruns")))
                .anyMatch(file -> file.endsWith("/metrics/losses/generatorLoss"))
                .anyMatch(file -> file.endsWith("/params/updates.batchSize"))
                .anyMatch(file -> file.endsWith("/artifacts/recipe.yaml"));
    }

    @Test
    void precisionIsOfOnnxAlone() {
        Cli.Result result = Cli.run("export", at("run"), at("out"), "--format", "mlflow", "--precision", "float16");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--precision is of --format onnx");
    }
}
