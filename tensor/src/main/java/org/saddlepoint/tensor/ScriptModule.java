package org.saddlepoint.tensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.StringIValueMap;
import org.bytedeco.pytorch.global.torch;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;

/**
 * A network with its code, as {@code torch.jit.save} wrote it, in evaluation mode. Such a file is a program: open only
 * those of people you trust.
 */
public final class ScriptModule implements AutoCloseable {
    private final JitModule module;
    private boolean closed;

    private ScriptModule(JitModule module) {
        this.module = module;
    }

    /**
     * Reads a module onto a device.
     *
     * @throws IOException if there is no such file, or it is no TorchScript; the message names it
     */
    public static ScriptModule load(Path file, Device device) throws IOException {
        try {
            InputFiles.requireReadable(file); // libtorch's own words hide why it cannot
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
        try (TensorScope scope = TensorScope.open()) {
            JitModule module = torch.load(file.toString(), new DeviceOptional(device.handle()), false);
            module.eval();
            module.retainReference();
            return new ScriptModule(module);
        } catch (RuntimeException e) {
            throw new IOException(
                    file + " is no TorchScript module: "
                            + TensorException.of("load", e).getMessage(),
                    e);
        }
    }

    /** Whether {@code forward} has an argument of this name. */
    public boolean takes(String argument) {
        requireOpen();
        try (TensorScope scratch = TensorScope.open()) {
            return module.get_method("forward")
                    .function()
                    .getSchema()
                    .argumentIndexWithName(argument)
                    .has_value();
        }
    }

    /**
     * Calls {@code forward}; nothing is recorded for differentiation.
     *
     * @return its output, in the current scope
     * @throws TensorException if it fails or answers something else than one tensor
     */
    public Tensor forward(Tensor input) {
        return forward(input, Map.of());
    }

    /** As {@link #forward(Tensor)}, with switches by the names of its arguments, see {@link #takes}. */
    public Tensor forward(Tensor input, Map<String, Boolean> switches) {
        requireOpen();
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            return scratch.promote(Native.run("forward", () -> call(input, switches), input));
        }
    }

    private org.bytedeco.pytorch.Tensor call(Tensor input, Map<String, Boolean> switches) {
        IValueVector positional = new IValueVector();
        positional.push_back(new IValue(input.handle));
        StringIValueMap named = new StringIValueMap();
        switches.forEach((name, on) -> named.put(new BytePointer(name), new IValue(on.booleanValue())));
        IValue output = module.forward(positional, named);
        if (!output.isTensor()) {
            throw new TensorException("expected a module that answers one tensor");
        }
        return new org.bytedeco.pytorch.Tensor(output.toTensor());
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this module was closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            module.releaseReference();
        }
    }
}
