package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.input.Sha256;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;

/** A module of {@code golden_inception.py} with the arguments of StyleGAN's Inception: channel means and their softmax. */
@ExtendWith(LeakCheck.class)
class TorchScriptExtractorTest {
    @Test
    void featuresAndUnbiasedLogitsComeFromTheModule() throws IOException {
        Path file = Golden.path("features.pt");
        try (TensorScope scope = TensorScope.open();
                TorchScriptExtractor extractor = TorchScriptExtractor.open(file, Device.CPU)) {
            assertThat(extractor.name()).isEqualTo("torchscript-features.pt");
            assertThat(extractor.fingerprint()).isEqualTo(Sha256.of(file));
            assertThat(extractor.dimension()).isEqualTo(3);
            Tensor images = Tensors.of(new float[] {0, 10, 20, 40, 255, 255}, 1, 3, 1, 2);
            FeatureExtractor.Output output = extractor.extract(images);
            assertThat(output.features().toFloatArray()).containsExactly(5, 30, 255);
            Golden.requireClose(
                    "softmax of logits",
                    Functional.logSoftmax(output.logits(), 1),
                    Functional.logSoftmax(output.features().div(255), 1),
                    1e-6,
                    0);
            Tensor grey = Tensors.full(7, DType.FLOAT32, 2, 1, 4, 4);
            assertThat(extractor.extract(grey).features().toFloatArray()).containsExactly(7, 7, 7, 7, 7, 7);
        }
    }

    @Test
    void whatIsNoTorchScriptIsRefused(@TempDir Path folder) throws IOException {
        Path absent = folder.resolve("absent.pt");
        assertThatThrownBy(() -> TorchScriptExtractor.open(absent, Device.CPU))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read " + absent + ": no such file or folder: " + absent);
        Path text = Files.writeString(folder.resolve("text.pt"), "no module");
        assertThatThrownBy(() -> TorchScriptExtractor.open(text, Device.CPU))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(text + " is no TorchScript module");
        Path state = Golden.path("state_zip.pth");
        assertThatThrownBy(() -> TorchScriptExtractor.open(state, Device.CPU))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(state + " is no TorchScript module");
    }
}
