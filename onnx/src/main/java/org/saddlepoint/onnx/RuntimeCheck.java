package org.saddlepoint.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.GraphRecorder;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.RecordedValue;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Runs a model in ONNX Runtime, beside the computation that it was made of. */
final class RuntimeCheck implements AutoCloseable {
    private final Computation computation;
    private final OrtEnvironment environment;
    private final OrtSession session;

    private RuntimeCheck(Computation computation, OrtEnvironment environment, OrtSession session) {
        this.computation = computation;
        this.environment = environment;
        this.session = session;
    }

    /** @throws ExportException if ONNX Runtime does not run on this machine, or does not accept the model */
    static RuntimeCheck of(Computation computation, byte[] model) {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(Engine.threads());
            return new RuntimeCheck(computation, environment, environment.createSession(model, options));
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime does not accept the model: " + e.getMessage(), e);
        }
    }

    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError | RuntimeException e) {
            throw new ExportException(
                    "ONNX Runtime, which checks each model, cannot be loaded on this machine (" + reason(e)
                            + "). It unpacks 20 MB into the folder for temporary files ("
                            + System.getProperty("java.io.tmpdir")
                            + "), which must have room and let programs run; it exists for Linux, macOS on arm64 and Windows",
                    e);
        }
    }

    /** The deepest message: those above it only say that a class could not be used. */
    private static String reason(Throwable error) {
        String reason = String.valueOf(error.getMessage());
        for (Throwable each = error.getCause(); each != null; each = each.getCause()) {
            reason = each.getMessage() == null ? reason : each.getMessage();
        }
        return reason;
    }

    /**
     * Computes both of the same examples.
     *
     * @param sizes those that callers choose
     * @param seed of the examples
     */
    Difference compare(Map<String, Long> sizes, long seed) {
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad();
                RandomGenerator random = new RandomGenerator(seed)) {
            Map<String, Tensor> examples = new LinkedHashMap<>();
            computation.ports().forEach(port -> examples.put(port.name(), port.example(random, sizes)));
            Map<String, OnnxTensor> given = new LinkedHashMap<>();
            try {
                Tensor expected = expected(examples, given);
                for (Map.Entry<String, Tensor> example : examples.entrySet()) {
                    Tensor tensor = example.getValue();
                    given.put(
                            example.getKey(),
                            tensor(tensor.dtype(), tensor.shape().toArray(), tensor.toByteArray()));
                }
                return difference(expected, run(given));
            } finally {
                given.values().forEach(OnnxTensor::close);
            }
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime fails to run the model for " + sizes + ": " + e.getMessage(), e);
        }
    }

    /** What the computation gives; random numbers that it drew become inputs of the model. */
    private Tensor expected(Map<String, Tensor> examples, Map<String, OnnxTensor> given) throws OrtException {
        if (!computation.drawsAreInputs()) {
            return computation.function().apply(examples);
        }
        try (GraphRecorder recorder = GraphRecorder.open(true)) {
            Tensor expected = computation.function().apply(examples);
            for (RecordedValue draw : recorder.draws()) {
                given.put(draw.name(), tensor(draw.dtype(), draw.shape().toArray(), draw.bytes()));
            }
            recorder.close(); // the result is not of its inputs, and may be read
            return expected;
        }
    }

    private OnnxTensor tensor(DType dtype, long[] shape, byte[] bytes) throws OrtException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return switch (dtype) {
            case FLOAT32 -> OnnxTensor.createTensor(environment, buffer.asFloatBuffer(), shape);
            case INT64 -> OnnxTensor.createTensor(environment, buffer.asLongBuffer(), shape);
            default -> throw new ExportException("an input of type " + dtype + " cannot be given to ONNX Runtime here");
        };
    }

    private OnnxTensor run(Map<String, OnnxTensor> given) throws OrtException {
        OrtSession.Result result = session.run(given);
        OnnxValue value = result.get(0);
        return (OnnxTensor) value;
    }

    private Difference difference(Tensor expected, OnnxTensor found) {
        try (found) {
            if (!Arrays.equals(expected.shape().toArray(), found.getInfo().getShape())) {
                throw new ExportException("ONNX Runtime makes "
                        + Arrays.toString(found.getInfo().getShape()) + " where " + expected.shape() + " was expected");
            }
            FloatBuffer values = found.getFloatBuffer();
            float[] array = new float[values.remaining()];
            values.get(array);
            return Difference.between(expected.toFloatArray(), array, expected.size(0));
        }
    }

    /** Frees the model. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime fails to free the model: " + e.getMessage(), e);
        }
    }
}
