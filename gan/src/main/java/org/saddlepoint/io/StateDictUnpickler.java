package org.saddlepoint.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;
import org.saddlepoint.tensor.DType;

/**
 * Reads the pickles of state dicts and nothing else. A pickle is a program that may call anything; here the few names
 * that make tensors and dicts are known, as values of our own, and the opcodes that {@code torch.save} writes. Every
 * other name or opcode throws {@link PickleException}, and nothing was called.
 */
final class StateDictUnpickler extends Unpickler {
    /** Longer text is refused before memory is taken for it; bytes. */
    private static final int MAX_TEXT = 1 << 16;

    /** A longer program is refused, since each opcode may take memory; a state dict has about 40 for a tensor. */
    private static final int MAX_OPCODES = 1 << 20;

    private static final Map<String, DType> STORAGES = Map.of(
            "FloatStorage", DType.FLOAT32,
            "DoubleStorage", DType.FLOAT64,
            "HalfStorage", DType.FLOAT16,
            "BFloat16Storage", DType.BFLOAT16,
            "LongStorage", DType.INT64,
            "ByteStorage", DType.UINT8,
            "BoolStorage", DType.BOOL);

    private static final Map<String, IObjectConstructor> FUNCTIONS = Map.of(
            "collections.OrderedDict", StateDictUnpickler::emptyDict,
            "torch._utils._rebuild_tensor_v2", StateDictUnpickler::tensor,
            "torch._utils._rebuild_parameter", arguments -> arguments[0]);

    /**
     * Opcodes that the library may carry out: numbers, constants, tuples, lists, marks, the memo, the end. Those that
     * make or fill dicts, name something or read text are below.
     */
    private static final boolean[] PLAIN = new boolean[256];

    static {
        for (short code : new short[] {
            Opcodes.PROTO,
            Opcodes.STOP,
            Opcodes.MARK,
            Opcodes.NONE,
            Opcodes.NEWTRUE,
            Opcodes.NEWFALSE,
            Opcodes.BININT,
            Opcodes.BININT1,
            Opcodes.BININT2,
            Opcodes.LONG1,
            Opcodes.BINFLOAT,
            Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE1,
            Opcodes.TUPLE2,
            Opcodes.TUPLE3,
            Opcodes.TUPLE,
            Opcodes.EMPTY_LIST,
            Opcodes.APPEND,
            Opcodes.APPENDS,
            Opcodes.BINGET,
            Opcodes.LONG_BINGET,
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.MEMOIZE,
            Opcodes.FRAME,
            Opcodes.BINPERSID,
            Opcodes.REDUCE
        }) {
            PLAIN[code] = true;
        }
    }

    /**
     * A tensor as the pickle tells of it; its values are elsewhere in the file.
     *
     * @param storage where
     * @param offset elements before its first
     */
    record TensorView(Storage storage, long offset, long[] sizes, long[] strides) {}

    /**
     * A run of numbers.
     *
     * @param key its name in the file
     * @param elements how many
     */
    record Storage(String key, DType dtype, long elements) {}

    /** A dict whose keys are text, so that no key's hash can be made costly. */
    static final class Dict extends LinkedHashMap<String, Object> {}

    private record StorageType(DType dtype) {}

    private int opcodes;

    @Override
    protected Object dispatch(short code) throws IOException {
        if (++opcodes > MAX_OPCODES) {
            throw new PickleException("its pickle has more than " + MAX_OPCODES + " opcodes");
        }
        switch (code) {
            case Opcodes.GLOBAL -> {
                String module = line();
                stack.add(known(module + "." + line()));
            }
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(known((String) stack.pop() + "." + name));
            }
            case Opcodes.BINUNICODE ->
                stack.add(text(Integer.reverseBytes(
                        byte1() << 24 | byte1() << 16 | byte1() << 8 | byte1()))); // low byte first
            case Opcodes.SHORT_BINUNICODE -> stack.add(text(byte1()));
            case Opcodes.EMPTY_DICT -> stack.add(new Dict());
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                String key = (String) stack.pop();
                ((Dict) stack.peek()).put(key, value);
            }
            case Opcodes.SETITEMS -> {
                List<Object> pairs = stack.pop_all_since_marker();
                Dict dict = (Dict) stack.peek();
                for (int i = 0; i < pairs.size(); i += 2) {
                    dict.put((String) pairs.get(i), pairs.get(i + 1));
                }
            }
            case Opcodes.BUILD -> stack.pop(); // a state dict's _metadata: versions of modules, which none here needs
            default -> {
                if (code < 0 || code > 255 || !PLAIN[code]) {
                    throw new PickleException("it uses the pickle opcode " + code + ", which state dicts do not");
                }
                return super.dispatch(code);
            }
        }
        return NO_RETURN_VALUE;
    }

    private static Object known(String name) {
        IObjectConstructor function = FUNCTIONS.get(name);
        if (function != null) {
            return function;
        }
        DType dtype = name.startsWith("torch.") ? STORAGES.get(name.substring("torch.".length())) : null;
        if (dtype == null) {
            throw new PickleException("it names " + name + ", which is not part of a state dict of supported tensors;"
                    + " nothing was run");
        }
        return new StorageType(dtype);
    }

    private static Object emptyDict(Object[] arguments) {
        if (arguments.length > 0) {
            throw new PickleException("its OrderedDict is made with arguments");
        }
        return new Dict();
    }

    private static Object tensor(Object[] arguments) {
        return new TensorView(
                (Storage) arguments[0],
                ((Number) arguments[1]).longValue(),
                longs((Object[]) arguments[2]),
                longs((Object[]) arguments[3]));
    }

    private static long[] longs(Object[] values) {
        return Arrays.stream(values)
                .mapToLong(value -> ((Number) value).longValue())
                .toArray();
    }

    /** ("storage", type, key, device, elements), and in old files a view, which must be null. */
    @Override
    protected Object persistentLoad(Object id) {
        Object[] parts = (Object[]) id;
        if (parts.length > 5 && parts[5] != null) {
            throw new PickleException("it has views of storages");
        }
        return new Storage((String) parts[2], ((StorageType) parts[1]).dtype(), ((Number) parts[4]).longValue());
    }

    private String line() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = byte1(); next != '\n'; next = byte1()) {
            if (text.length() == MAX_TEXT) {
                throw new PickleException("it has a name of more than " + MAX_TEXT + " bytes");
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private String text(int bytes) throws IOException {
        if (bytes < 0 || bytes > MAX_TEXT) {
            throw new PickleException("it has a text of " + Integer.toUnsignedString(bytes) + " bytes");
        }
        byte[] text = input.readNBytes(bytes);
        if (text.length < bytes) {
            throw new EOFException("it ends early");
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private int byte1() throws IOException {
        int next = input.read();
        if (next < 0) {
            throw new EOFException("it ends early");
        }
        return next;
    }
}
