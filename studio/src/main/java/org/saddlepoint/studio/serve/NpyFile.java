package org.saddlepoint.studio.serve;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** NumPy's format for one array, version 1.0: a header that is a Python dictionary, then the numbers. */
final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    /** The numbers begin at a multiple of this. */
    private static final int ALIGNMENT = 64;

    private NpyFile() {}

    /** An array of float32, little-endian, the last axis fastest. */
    static byte[] of(float[] values, int... shape) {
        String sizes = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + ",), }";
        int unpadded = MAGIC.length + 2 + dictionary.length() + 1;
        int start = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String header = dictionary + " ".repeat(start - unpadded) + "\n";
        ByteBuffer file = ByteBuffer.allocate(Math.addExact(start, Math.multiplyExact(values.length, Float.BYTES)))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put(MAGIC).putShort((short) header.length()).put(header.getBytes(StandardCharsets.ISO_8859_1));
        file.asFloatBuffer().put(values);
        return file.array();
    }
}
