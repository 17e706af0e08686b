package org.saddlepoint.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An operation that libtorch refused, or a tensor that is used outside its scope. The message fits one line. */
public class TensorException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern NATIVE_FRAMES =
            Pattern.compile("\\s*(Exception raised from|frame #0:).*", Pattern.DOTALL);

    public TensorException(String message) {
        super(message);
    }

    /**
     * Names the operation and the shapes, and leaves libtorch's native stack frames behind. Our own complaint about a
     * freed tensor passes as it is.
     */
    static RuntimeException of(String operation, RuntimeException failure, NativeTensor... operands) {
        if (failure instanceof IllegalStateException) {
            return failure;
        }
        String shapes = Arrays.stream(operands)
                .map(operand -> operand.dtype().name().toLowerCase(Locale.ROOT) + operand.shape())
                .collect(Collectors.joining(", "));
        return new TensorException(operation + "(" + shapes + "): " + reason(failure));
    }

    private static String reason(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        String reason = NATIVE_FRAMES.matcher(message).replaceFirst("").strip().replaceAll("\\s*\\R\\s*", " ");
        return reason.contains("DefaultCPUAllocator") || reason.contains("out of memory")
                ? "not enough memory (" + reason + "); use a smaller batch or a smaller model"
                : reason;
    }
}
