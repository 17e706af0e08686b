package org.saddlepoint.io;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import net.razorvine.pickle.PickleException;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.OneLine;
import org.saddlepoint.io.StateDictUnpickler.Storage;
import org.saddlepoint.io.StateDictUnpickler.TensorView;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * State dicts as {@code torch.save} writes them: the zip file of PyTorch 1.6 and later, or the plain stream of pickles
 * before it. No name in a file is run, see {@link StateDictUnpickler}, no path in it is used, and no memory is taken for
 * more bytes than it has.
 */
public final class PickledStateDict {
    /** A longer pickle in a zip file is refused: it holds names and shapes, no values; bytes. */
    private static final int MAX_PICKLE = 1 << 26;

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    private final Path file;
    private final Map<String, byte[]> values = new LinkedHashMap<>();

    private PickledStateDict(Path file) {
        this.file = file;
    }

    /**
     * Reads all tensors of a file into the current scope, in the file's order.
     *
     * @throws IOException if the file cannot be read, or is no such state dict; the message names the file, and what in
     *     it was refused
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        PickledStateDict reader = new PickledStateDict(file);
        try {
            return isZip(file) ? reader.zip() : reader.stream();
        } catch (ZipException e) {
            throw reader.refused("its zip is damaged: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw reader.refused("it ends early", e);
        } catch (PickleException | TensorException | ArithmeticException | IllegalArgumentException e) {
            throw reader.refused(String.valueOf(e.getMessage()), e);
        } catch (ClassCastException | NullPointerException e) {
            throw reader.refused("its pickle does not describe tensors", e); // other types than a state dict's
        }
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = InputFiles.open(file)) {
            return new String(in.readNBytes(2), StandardCharsets.ISO_8859_1).equals("PK");
        }
    }

    private Map<String, Tensor> zip() throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String pickle = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.matches("[^/]+/data\\.pkl"))
                    .findFirst()
                    .orElseThrow(() -> refused("it has no data.pkl", null));
            String folder = pickle.substring(0, pickle.indexOf('/') + 1);
            if (zip.getEntry(folder + "constants.pkl") != null) {
                throw refused("it is a TorchScript module; give it as torchscript:FILE", null);
            }
            ZipEntry order = zip.getEntry(folder + "byteorder");
            if (order != null && !new String(bytes(zip, order, 16), StandardCharsets.US_ASCII).equals("little")) {
                throw refused("its numbers are not little-endian", null);
            }
            byte[] content = bytes(zip, zip.getEntry(pickle), MAX_PICKLE);
            Map<String, TensorView> views = views(unpickled(new ByteArrayInputStream(content)));
            for (TensorView view : views.values()) {
                Storage storage = view.storage();
                ZipEntry entry = zip.getEntry(folder + "data/" + storage.key());
                if (entry == null || entry.getSize() != size(storage)) {
                    throw refused(
                            "storage " + storage.key() + " should have " + size(storage) + " bytes but has "
                                    + (entry == null ? "no entry" : entry.getSize()),
                            null);
                }
                if (!values.containsKey(storage.key())) {
                    values.put(storage.key(), bytes(zip, entry, size(storage)));
                }
            }
            return tensors(views);
        }
    }

    private byte[] bytes(ZipFile zip, ZipEntry entry, long limit) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED) { // torch.save compresses nothing, so that no entry can grow
            throw refused(entry.getName() + " is compressed", null);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            // Not what the entry says of itself: as much as there is, and no more than is allowed.
            byte[] content = in.readNBytes(Math.toIntExact(limit));
            if (in.read() >= 0) {
                throw refused(entry.getName() + " has more than " + limit + " bytes", null);
            }
            return content;
        }
    }

    private Map<String, Tensor> stream() throws IOException {
        try (InputStream in = new BufferedInputStream(InputFiles.open(file), 1 << 16)) {
            if (!MAGIC.equals(unpickled(in))
                    || !(unpickled(in) instanceof Number protocol)
                    || protocol.longValue() != PROTOCOL) {
                throw refused("it does not begin as torch.save's files do", null);
            }
            Map<?, ?> system = (Map<?, ?>) unpickled(in);
            if (!Boolean.TRUE.equals(system.get("little_endian"))) {
                throw refused("its numbers are not little-endian", null);
            }
            Map<String, TensorView> views = views(unpickled(in));
            Map<String, Storage> storages = new LinkedHashMap<>();
            views.values().forEach(view -> storages.put(view.storage().key(), view.storage()));
            for (Object entry : (List<?>) unpickled(in)) {
                String key = (String) entry; // of a list in itself, hash and text would never end
                Storage storage = storages.get(key);
                ByteBuffer count = ByteBuffer.wrap(in.readNBytes(8)).order(ByteOrder.LITTLE_ENDIAN);
                long elements = count.remaining() < 8 ? -1 : count.getLong();
                if (storage == null || elements != storage.elements()) {
                    throw refused("storage " + key + " of " + elements + " elements is not the one described", null);
                }
                values.put(storage.key(), in.readNBytes(Math.toIntExact(size(storage))));
            }
            return tensors(views);
        }
    }

    private Object unpickled(InputStream in) throws IOException {
        try {
            return new StateDictUnpickler().load(in);
        } catch (IOException e) {
            throw refused("its pickle ends early", e);
        } catch (PickleException e) {
            throw e;
        } catch (RuntimeException e) { // the library meets damage with exceptions of every kind
            throw refused("its pickle does not describe tensors", e);
        }
    }

    private Map<String, TensorView> views(Object content) throws IOException {
        if (!(content instanceof StateDictUnpickler.Dict dict)) {
            throw refused("it holds no dict of tensors", null);
        }
        Map<String, TensorView> views = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : dict.entrySet()) {
            if (!(entry.getValue() instanceof TensorView view)) {
                throw refused(
                        "its " + entry.getKey()
                                + " is no tensor; save the network's state_dict() and nothing around it",
                        null);
            }
            views.put(entry.getKey(), view);
        }
        return views;
    }

    private Map<String, Tensor> tensors(Map<String, TensorView> views) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (TensorScope scope = TensorScope.open()) {
            for (Map.Entry<String, TensorView> entry : views.entrySet()) {
                tensors.put(entry.getKey(), scope.promote(tensor(entry.getKey(), entry.getValue())));
            }
        }
        return tensors;
    }

    private Tensor tensor(String name, TensorView view) throws IOException {
        byte[] storage = values.get(view.storage().key());
        if (storage == null || storage.length != size(view.storage())) {
            throw refused("it ends before the values of " + name, null);
        }
        long[] sizes = view.sizes();
        long[] strides = view.strides();
        if (sizes.length > SafeTensors.MAX_AXES) {
            throw refused(
                    name + " has " + sizes.length + " axes, more than the limit of " + SafeTensors.MAX_AXES, null);
        }
        Shape shape = Shape.of(sizes);
        if (strides.length != sizes.length) {
            throw refused(name + " has " + sizes.length + " sizes and " + strides.length + " strides", null);
        }
        long last = view.offset();
        for (int axis = 0; axis < sizes.length; axis++) {
            if (strides[axis] < 0) {
                throw refused(name + " has a negative stride", null);
            }
            last = Math.addExact(last, Math.multiplyExact(Math.max(0, sizes[axis] - 1), strides[axis]));
        }
        long behind = shape.elements() == 0 ? view.offset() : Math.addExact(last, 1);
        if (view.offset() < 0 || behind > view.storage().elements()) {
            throw refused(name + " of shape " + shape + " reaches outside its storage", null);
        }
        if (shape.elements() > view.storage().elements()) {
            throw refused(name + " of shape " + shape + " repeats the values of its storage", null);
        }
        return Tensors.ofBytes(view.storage().dtype(), rowMajor(storage, view, shape), sizes);
    }

    private static byte[] rowMajor(byte[] storage, TensorView view, Shape shape) {
        int width = view.storage().dtype().bytes();
        long[] sizes = view.sizes();
        if (isRowMajor(view)) {
            int start = (int) view.offset() * width;
            return Arrays.copyOfRange(storage, start, start + (int) shape.elements() * width);
        }
        byte[] rowMajor = new byte[(int) shape.elements() * width];
        for (int element = 0; element < shape.elements(); element++) {
            long from = view.offset();
            for (int axis = sizes.length - 1, rest = element; axis >= 0; axis--) {
                from += rest % sizes[axis] * view.strides()[axis];
                rest /= (int) sizes[axis];
            }
            System.arraycopy(storage, (int) from * width, rowMajor, element * width, width);
        }
        return rowMajor;
    }

    private static boolean isRowMajor(TensorView view) {
        long expected = 1;
        for (int axis = view.sizes().length - 1; axis >= 0; axis--) {
            if (view.sizes()[axis] != 1 && view.strides()[axis] != expected) {
                return false;
            }
            expected *= view.sizes()[axis];
        }
        return true;
    }

    private static long size(Storage storage) {
        return Math.multiplyExact(storage.elements(), (long) storage.dtype().bytes());
    }

    private IOException refused(String reason, @Nullable Throwable cause) {
        return new IOException(OneLine.of(file + " is no state dict that can be read: " + reason), cause);
    }
}
