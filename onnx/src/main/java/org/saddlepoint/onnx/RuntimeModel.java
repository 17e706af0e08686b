package org.saddlepoint.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** A model in ONNX Runtime. */
final class RuntimeModel implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;

    private RuntimeModel(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /** @throws ExportException if ONNX Runtime does not run on this machine, or does not accept the model */
    static RuntimeModel of(byte[] model) {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(Engine.threads());
            return new RuntimeModel(environment, environment.createSession(model, options));
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
     * The outputs, float32 and in the current scope, by their names.
     *
     * @throws ExportException if ONNX Runtime fails
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs) {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                given.put(input.getKey(), tensor(input.getValue()));
            }
            try (OrtSession.Result result = session.run(given)) {
                Map<String, Tensor> outputs = new LinkedHashMap<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.put(output.getKey(), tensor((OnnxTensor) output.getValue()));
                }
                return outputs;
            }
        } catch (OrtException e) {
            Map<String, Object> shapes = new LinkedHashMap<>();
            inputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
            throw new ExportException("ONNX Runtime fails to run the model on " + shapes + ": " + e.getMessage(), e);
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(Tensor tensor) throws OrtException {
        DType dtype = tensor.dtype();
        ByteBuffer buffer = ByteBuffer.wrap(tensor.toByteArray()).order(ByteOrder.nativeOrder());
        long[] shape = tensor.shape().toArray();
        return switch (dtype) {
            case FLOAT32 -> OnnxTensor.createTensor(environment, buffer.asFloatBuffer(), shape);
            case INT64 -> OnnxTensor.createTensor(environment, buffer.asLongBuffer(), shape);
            default -> throw new ExportException("an input of type " + dtype + " cannot be given to ONNX Runtime here");
        };
    }

    private static Tensor tensor(OnnxTensor found) {
        FloatBuffer values = found.getFloatBuffer();
        float[] array = new float[values.remaining()];
        values.get(array);
        return Tensors.of(array, found.getInfo().getShape());
    }

    /** Frees ONNX Runtime's session, and with it the model. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime fails to free the model: " + e.getMessage(), e);
        }
    }
}
