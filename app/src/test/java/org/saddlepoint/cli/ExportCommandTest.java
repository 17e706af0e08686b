package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.LeakCheck;

/** {@code export --format onnx}; that of weights is tested with translations. */
@ExtendWith(LeakCheck.class)
class ExportCommandTest {
    @TempDir
    private static Path shared;

    private static Path run;

    @TempDir
    private Path temp;

    @BeforeAll
    static void train() {
        run = shared.resolve("run");
        Cli.Result result = Cli.run(
                "train",
                "cdcgan",
                "--data",
                "digits",
                "--out",
                run.toString(),
                "--steps",
                "1",
                "--batch-size",
                "8",
                "--threads",
                "1",
                "--set",
                "generator.width=4",
                "--set",
                "discriminator.width=4");
        assertThat(result.code()).as(result.err()).isZero();
    }

    private Cli.Result export(Path from, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "export";
        arguments[1] = from.toString();
        arguments[2] = temp.resolve("out").toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Cli.run(arguments);
    }

    private ModelProto model() throws IOException {
        return ModelProto.parseFrom(Files.readAllBytes(temp.resolve("out/generator.onnx")));
    }

    @Test
    void theModelSaysWhereItComesFrom() throws IOException {
        Cli.Result result = export(run, "--format", "onnx", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("\"format\":\"onnx\"", "\"largestDifference\":", "\"compared\":72");
        Map<String, String> metadata = model().getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
        assertThat(metadata)
                .containsEntry("recipe", "cdcgan")
                .containsEntry("step", "1")
                .containsEntry("classes", "0\n1\n2\n3\n4\n5\n6\n7\n8\n9")
                .containsEntry("precision", "float32")
                .containsKeys("data fingerprint", "value range", "settings", "software");
        assertThat(model().getGraph().getInputList())
                .extracting(ValueInfoProto::getName)
                .containsExactly("latents", "labels");
    }

    @Test
    void halfPrecisionIsHalfAsLarge() throws IOException {
        assertThat(export(run, "--format", "ONNX").code()).isZero();
        int full = model().getSerializedSize();
        Files.delete(temp.resolve("out/generator.onnx"));
        Cli.Result result = export(run, "--format", "onnx", "--precision", "float16", "--samples", "0");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("generator.onnx", "ONNX Runtime makes the same of 72 examples", "mean");
        assertThat(model().getSerializedSize()).isLessThan(full * 7 / 10);
    }

    @Test
    void eightBitsAreAQuarterAndTheirLossIsMeasured() throws IOException {
        assertThat(export(run, "--format", "onnx").out()).doesNotContain("FID");
        int full = model().getSerializedSize();
        Files.delete(temp.resolve("out/generator.onnx"));
        Cli.Result result = export(run, "--format", "onnx", "--precision", "int8", "--samples", "64", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("\"fid\":{\"float32\":", "\"exported\":", "\"samples\":64");
        assertThat(model().getSerializedSize()).isLessThan(full / 2);
        Files.delete(temp.resolve("out/generator.onnx"));
        assertRefused(
                export(run, "--format", "onnx", "--precision", "int8", "--tolerance", "1e-9"),
                Failures.FAILED,
                "the mean may be 1e-09 in int8",
                "--tolerance");
        assertThat(temp.resolve("out/generator.onnx")).doesNotExist();
    }

    @Test
    void whatCannotBeExportedIsNamed() throws IOException {
        assertRefused(export(run, "--format", "torch"), Failures.USAGE, "--format", "torch", "SAFETENSORS");
        assertRefused(export(run, "--format", "onnx", "--precision", "int4"), Failures.USAGE, "int4", "INT8");
        assertRefused(export(run, "--format", "onnx", "--tolerance", "1"), Failures.USAGE, "--tolerance is of");
        assertRefused(
                export(run, "--format", "onnx", "--precision", "int8", "--samples", "-1"), Failures.USAGE, "--samples");
        assertRefused(export(run, "--precision", "float16"), Failures.USAGE, "--precision is of --format onnx");
        assertRefused(export(temp.resolve("none"), "--format", "onnx"), Failures.USAGE, "none");
        Files.createDirectories(temp.resolve("out"));
        Files.writeString(temp.resolve("out/mine.txt"), "mine");
        assertRefused(export(run, "--format", "onnx"), Failures.FAILED, "out is there already", "new or empty");
        assertThat(temp.resolve("out")).isDirectoryContaining("glob:**mine.txt");
    }

    @Test
    void aRunWithoutACheckpointIsNamed() throws IOException {
        Path bare = temp.resolve("bare");
        Files.createDirectories(bare);
        for (String file : new String[] {"run.json", "recipe.yaml"}) {
            Files.copy(run.resolve(file), bare.resolve(file));
        }
        assertRefused(export(bare, "--format", "onnx"), Failures.FAILED, "holds no checkpoint yet", "train it further");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    private static void assertRefused(Cli.Result result, int code, String... words) {
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err()).contains(words);
    }
}
