package org.saddlepoint.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** Models of 8 bits: what they round, and what they leave as it is. */
@ExtendWith({LeakCheck.class, OneThread.class})
class QuantizationTest {
    private static final OnnxOptions INT8 = OnnxOptions.of(Precision.INT8, OnnxOptions.Noise.CONSTANT);

    /** On images [N, 4, 6, 6]. */
    private static CheckedModel export(UnaryOperator<Tensor> function, OnnxOptions options) {
        List<Dimension> axes = List.of(Dimension.chosen("batch"), Dimension.of(4), Dimension.of(6), Dimension.of(6));
        Port port = new Port("x", DType.FLOAT32, axes, (random, shape) -> random.normal(shape));
        Computation computation = new Computation(
                List.of(port),
                List.of(Free.BATCH),
                "y",
                false,
                in -> function.apply(in.values().iterator().next()));
        return CheckedModel.of(computation, options, Map.of());
    }

    private static List<String> types(CheckedModel model) throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(model.bytes()).getGraph().getNodeList().stream()
                .map(NodeProto::getOpType)
                .toList();
    }

    private static Tensor drawn(long... shape) {
        try (RandomGenerator random = new RandomGenerator(5)) {
            return random.normal(shape).mul(0.3);
        }
    }

    /** Nothing follows the rounding of the result, so that it is off by half a level of each of the two, and of the weights. */
    @Test
    void aConvolutionIsRoundedBeforeAndBehind() throws InvalidProtocolBufferException {
        CheckedModel model = export(x -> Functional.conv2d(x, drawn(8, 4, 3, 3), drawn(8), 1, 1), INT8);
        assertThat(types(model))
                .containsExactly(
                        "Shape",
                        "QuantizeLinear",
                        "DequantizeLinear",
                        "DequantizeLinear",
                        "DequantizeLinear",
                        "Conv",
                        "QuantizeLinear",
                        "DequantizeLinear",
                        "Identity");
        assertThat(model.difference().mean()).isBetween(1e-4, 5e-3);
    }

    @Test
    void aReluIsRoundedOnceWithItsConvolution() throws InvalidProtocolBufferException {
        CheckedModel model =
                export(x -> Functional.conv2d(x, drawn(8, 4, 3, 3), null, 1, 1).relu(), INT8);
        assertThat(types(model)).containsSubsequence("Conv", "Relu", "QuantizeLinear", "DequantizeLinear", "Identity");
        assertThat(types(model)).filteredOn("QuantizeLinear"::equals).hasSize(2);
    }

    /** ONNX Runtime has no kernel of whole numbers for it, so its activations stay what they are. */
    @Test
    void ofATransposedConvolutionTheWeightsAlone() throws InvalidProtocolBufferException {
        CheckedModel model = export(x -> Functional.convTranspose2d(x, drawn(4, 8, 4, 4), null, 2, 1, 0), INT8);
        assertThat(types(model)).contains("ConvTranspose").doesNotContain("QuantizeLinear");
        assertThat(model.difference().largest()).isBetween(1e-4, 2e-2);
    }

    /** The scale of the channel grows, or 1,000 would be no whole number of units of 1e-11. */
    @Test
    void aLargeBiasBesideTinyWeightsStaysWhatItIs() {
        CheckedModel model = export(
                x -> Functional.conv2d(x, drawn(2, 4, 3, 3).mul(1e-9), Tensors.of(new float[] {1000, -1000}, 2), 1, 1),
                INT8);
        assertThat(model.difference().largest()).isLessThan(5e-3);
    }

    @Test
    void withoutWeightsThereIsNothingToStore() {
        assertThatThrownBy(() -> export(Tensor::exp, INT8))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("nothing of it can be stored in 8 bits");
    }

    @Test
    void beyondTheToleranceNothingIsWritten() {
        UnaryOperator<Tensor> convolution = x -> Functional.conv2d(x, drawn(8, 4, 3, 3), null, 1, 1);
        assertThatThrownBy(
                        () -> export(convolution, new OnnxOptions(Precision.INT8, OnnxOptions.Noise.CONSTANT, 1e-4, 0)))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("the mean may be 1e-04 in int8")
                .hasMessageContaining("--tolerance");
    }

    @Test
    void zeroIsALevelOfEveryRange() {
        for (Range range : List.of(new Range(-1, 3), new Range(2, 5), new Range(-7, -3), new Range(0, 0))) {
            assertThat(range.zero()).isBetween(0, 255);
            assertThat((0 - range.zero()) * range.scale())
                    .isLessThanOrEqualTo((float) range.least() + range.scale() / 2);
            assertThat((255 - range.zero()) * range.scale())
                    .isGreaterThanOrEqualTo((float) range.most() - range.scale() / 2);
        }
        assertThat(new Range(-1, 1).and(new Range(-3, 0.5))).isEqualTo(new Range(-3, 1));
        assertThatThrownBy(() -> new Range(0, Double.NaN)).hasMessageContaining("8 bits cannot hold");
    }

    /** Of [2, 3, 2] by the middle axis: the channels are 0 and 1, 2 and 3, 4 and 5 of each half. */
    @Test
    void weightsAreOffByHalfALevelOfTheirChannel() {
        float[] values = {0.5f, -1, 10, 20, 0, 0, 0.3f, 0.7f, -12, 3, 0, 0};
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        TensorProto weights = TensorProto.newBuilder()
                .addAllDims(List.of(2L, 3L, 2L))
                .setRawData(ByteString.copyFrom(bytes.array()))
                .build();
        QuantizedTensor quantized = QuantizedTensor.of(weights, 1, 127, new float[3]);
        assertThat(quantized.scales()).containsExactly(1f / 127, 20f / 127, 1);
        for (int i = 0; i < values.length; i++) {
            float scale = quantized.scales()[i / 2 % 3];
            assertThat(quantized.numbers()[i] * (double) scale)
                    .isBetween(values[i] - scale * 0.501, values[i] + scale * 0.501);
        }
    }
}
