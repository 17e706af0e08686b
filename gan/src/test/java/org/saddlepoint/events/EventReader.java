package org.saddlepoint.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads event files for tests: what they hold, one line an entry; checksums are required to be those of the bytes. */
public final class EventReader {
    private EventReader() {}

    /**
     * All entries of a folder's files, in the order of their names, such as {@code 10 losses/generatorLoss 0.5}, {@code 10
     * samples 56x28} and {@code 11 start}.
     */
    public static List<String> lines(Path folder) {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                records(Files.readAllBytes(file)).forEach(message -> lines.addAll(event(message)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private static List<byte[]> records(byte[] bytes) {
        List<byte[]> messages = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int size = (int)
                    ByteBuffer.wrap(bytes, at, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
            byte[] message = Arrays.copyOfRange(bytes, at + 12, at + 12 + size);
            byte[] whole = EventFile.record(message);
            if (!Arrays.equals(whole, Arrays.copyOfRange(bytes, at, at + whole.length))) {
                throw new AssertionError("a checksum is wrong at byte " + at);
            }
            messages.add(message);
            at += whole.length;
        }
        return messages;
    }

    private static List<String> event(byte[] message) {
        long step = 0;
        List<String> said = new ArrayList<>();
        for (Field field : fields(message)) {
            switch (field.number()) {
                case 2 -> step = field.value();
                case 3 -> said.add(new String(field.bytes(), StandardCharsets.UTF_8));
                case 5 -> fields(field.bytes()).forEach(value -> said.add(value(value.bytes())));
                case 7 -> said.add("start");
                default -> {} // the time
            }
        }
        String at = step + " ";
        return said.stream().map(at::concat).toList();
    }

    private static String value(byte[] message) {
        String tag = "";
        String content = "";
        for (Field field : fields(message)) {
            switch (field.number()) {
                case 1 -> tag = new String(field.bytes(), StandardCharsets.UTF_8);
                case 2 -> content = Float.toString(Float.intBitsToFloat((int) field.value()));
                default -> {
                    List<Field> image = fields(field.bytes());
                    content = image.get(1).value() + "x" + image.get(0).value();
                }
            }
        }
        return tag + " " + content;
    }

    private record Field(int number, long value, byte[] bytes) {}

    private static List<Field> fields(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            int key = (int) varint(in);
            int number = key >> 3;
            switch (key & 7) {
                case 0 -> fields.add(new Field(number, varint(in), new byte[0]));
                case 1 -> fields.add(new Field(number, in.getLong(), new byte[0]));
                case 5 -> fields.add(new Field(number, in.getInt(), new byte[0]));
                default -> {
                    byte[] bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                    fields.add(new Field(number, 0, bytes));
                }
            }
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
