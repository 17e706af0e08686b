package org.saddlepoint.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Weights as whole numbers, w ≈ scale[c] q with q in [−levels, levels], of each output channel c.
 *
 * @param shape of the weights
 * @param axis which of its axes are the channels
 * @param numbers q, in the order of the weights
 * @param scales by channels
 */
record QuantizedTensor(long[] shape, int axis, byte[] numbers, float[] scales) {
    /**
     * Rounds weights to the nearest whole numbers; the scale of a channel is its largest weight over the levels.
     *
     * @param weights of float32
     * @param levels up to 127
     * @param leastScales by channels, what a scale is at least
     */
    static QuantizedTensor of(TensorProto weights, int axis, int levels, float[] leastScales) {
        long[] shape = weights.getDimsList().stream().mapToLong(Long::longValue).toArray();
        float[] values = floats(weights);
        int channels = Math.toIntExact(shape[axis]);
        int inner = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            inner *= Math.toIntExact(shape[i]);
        }
        float[] scales = leastScales.clone();
        for (int i = 0; i < values.length; i++) {
            int channel = i / inner % channels;
            scales[channel] = Math.max(scales[channel], Math.abs(values[i]) / levels);
        }
        for (int channel = 0; channel < channels; channel++) {
            scales[channel] = scales[channel] == 0 ? 1 : scales[channel];
        }
        byte[] numbers = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = (byte) Math.rint(values[i] / (double) scales[i / inner % channels]);
        }
        return new QuantizedTensor(shape, axis, numbers, scales);
    }

    /** The numbers of a tensor of float32. */
    static float[] floats(TensorProto tensor) {
        FloatBuffer buffer = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
