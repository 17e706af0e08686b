package org.saddlepoint.testing.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A reader of files as the law of {@link Fuzzing} sees it.
 *
 * @param seeds valid files, which must be read
 * @param reader reads one, to the last number
 * @param documented what else it may do: the exceptions that its documentation names
 * @param words that mean something in such files
 * @param repair makes lengths and checksums right again
 * @param memory bytes that the reading thread may allocate for any file of a fuzzer's size
 */
public record Format(
        List<byte[]> seeds,
        Reader reader,
        List<Class<? extends Exception>> documented,
        List<byte[]> words,
        UnaryOperator<byte[]> repair,
        long memory) {

    /** Reads a file's content. */
    @FunctionalInterface
    public interface Reader {
        /** Any exception may come of it; the law looks which. */
        void read(byte[] file) throws Exception;
    }

    /** A format with 64 MiB for a reader, which is what the largest mutated file takes many times. */
    @SafeVarargs
    public static Format of(List<byte[]> seeds, Reader reader, Class<? extends Exception>... documented) {
        return new Format(seeds, reader, List.of(documented), List.of(), file -> file, 64L << 20);
    }

    /** With words that mean something in such files. */
    public Format words(String... added) {
        List<byte[]> bytes = Arrays.stream(added)
                .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        return new Format(seeds, reader, documented, bytes, repair, memory);
    }

    /** With a way to make lengths and checksums right again. */
    public Format repaired(UnaryOperator<byte[]> way) {
        return new Format(seeds, reader, documented, words, way, memory);
    }

    /** With another bound of memory. */
    public Format memory(long bytes) {
        return new Format(seeds, reader, documented, words, repair, bytes);
    }
}
