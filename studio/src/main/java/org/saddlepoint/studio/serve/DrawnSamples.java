package org.saddlepoint.studio.serve;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.Samples;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.studio.server.Json;

/**
 * Samples on their way into an answer.
 *
 * @param samples what was drawn
 * @param request which asked for it
 * @param caption below a sheet
 * @param step of the checkpoint
 * @param sorted whether a zip has a folder for each class
 */
record DrawnSamples(Samples samples, SampleRequest request, String caption, long step, boolean sorted) {
    /** A time that all entries of zips have, so that the same samples are the same bytes. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** The answer: the same bytes for the same samples. */
    Answer answer() {
        boolean pictures = samples.shape().dimensions().length == 3;
        SampleFormat format = request.format().orElse(pictures ? SampleFormat.PNG : SampleFormat.JSON);
        long seed = request.options().seed();
        return switch (format) {
            case NPY -> new Answer(format.contentType(), NpyFile.of(samples.toFloatArray(), shape()), step, seed);
            case JSON ->
                new Answer(format.contentType(), Json.text(json()).getBytes(StandardCharsets.UTF_8), step, seed);
            case PNG, WEBP -> pictures(format, seed);
        };
    }

    private Answer pictures(SampleFormat format, long seed) {
        SampleLayout layout = request.layout().orElse(samples.count() == 1 ? SampleLayout.SINGLE : SampleLayout.ZIP);
        return switch (layout) {
            case SINGLE -> new Answer(format.contentType(), PictureBytes.of(samples.image(0), format), step, seed);
            case SHEET -> {
                BufferedImage sheet = samples.sheet(request.columns(), caption);
                yield new Answer(format.contentType(), PictureBytes.of(sheet, format), step, seed);
            }
            case ZIP -> new Answer("application/zip", zip(format), step, seed);
        };
    }

    private int[] shape() {
        int[] one = samples.shape().dimensions();
        int[] all = new int[one.length + 1];
        all[0] = samples.count();
        System.arraycopy(one, 0, all, 1, one.length);
        return all;
    }

    private byte[] zip(SampleFormat format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.NO_COMPRESSION); // pictures are compressed already
            for (int i = 0; i < samples.count(); i++) {
                String folder = sorted
                        ? samples.className(i)
                                .map(name -> ClassNames.folder(name) + "/")
                                .orElse("")
                        : "";
                ZipEntry entry = new ZipEntry(folder + String.format(Locale.ROOT, "%06d.%s", i, format.word()));
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                zip.write(PictureBytes.of(samples.image(i), format));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        List<@Nullable String> labels = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        for (int i = 0; i < samples.count(); i++) {
            labels.add(samples.className(i).orElse(null));
            values.add(samples.toFloatArray(i));
        }
        json.put("step", step);
        json.put("seed", request.options().seed());
        json.put("shape", samples.shape().dimensions());
        json.put("labels", labels);
        json.put("samples", values);
        return json;
    }
}
