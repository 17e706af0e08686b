package org.saddlepoint.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.StepPath;

/**
 * The sample sheets of a run, one after another, as an animated picture: an APNG, or a GIF if the file's name ends so. Each
 * frame has its step below and a bar of how far the training was. The last one is held for {@link #HOLD} milliseconds.
 *
 * <p>Sheets show the same latents, or translate the same pictures, so what moves is the training. Frames have the size of the
 * last sheet; older ones of another size are scaled to it. If the file would have more than {@link #MOST_BYTES}, every
 * second frame is left out, as often as needed, but never the first and the last.
 */
public final class TrainingFilm {
    /** Bytes that a film may have, unless two frames alone have more. */
    public static final int MOST_BYTES = 10_000_000;

    /** How long the last frame is shown, in milliseconds. */
    public static final int HOLD = 3000;

    private static final int MOST_FRAMES = 120;
    private static final int LENGTH = 8000;
    private static final int SHORTEST = 80;
    private static final int LONGEST = 700;
    private static final int STRIP = 40;
    private static final int BAR = 4;
    private static final int TEXT = 20;
    private static final int GAP = 8;
    private static final Color INK = new Color(0x33, 0x33, 0x33);
    private static final Color TRACK = new Color(0xDD, 0xDD, 0xDD);

    private final RunFolder folder;
    private final long mostBytes;

    /** A film of the sheets that the run has now; it may still be in training. */
    public TrainingFilm(RunFolder folder) {
        this(folder, MOST_BYTES);
    }

    /** @param mostBytes for tests */
    TrainingFilm(RunFolder folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /** Told of each frame that was drawn. */
    @FunctionalInterface
    public interface Progress {
        /** So many of all frames are drawn. */
        void drawn(int done, int all);
    }

    /**
     * A film that was written.
     *
     * @param frames of the film
     * @param sheets of the run
     * @param bytes of the file
     */
    public record Written(int frames, int sheets, long bytes) {}

    /**
     * Writes the film into a file, which appears whole or not at all.
     *
     * @param file a GIF if its name ends in .gif, else an APNG
     * @throws RunException if the run has fewer than two sheets, one cannot be read, or the file cannot be written
     */
    public Written write(Path file, Progress progress) {
        List<StepPath> sheets = folder.samples();
        if (sheets.size() < 2) {
            throw new RunException(folder.path() + " has " + sheets.size() + " sample sheet"
                    + (sheets.size() == 1 ? "" : "s") + " but a film needs at least 2; train longer, or with a smaller"
                    + " sampleEvery, such as --set sampleEvery=50");
        }
        boolean gif = file.toString().toLowerCase(Locale.ROOT).endsWith(".gif");
        int most = MOST_FRAMES;
        while (true) {
            List<StepPath> shown = spread(sheets, most);
            byte[] bytes = encode(shown, gif, progress);
            if (bytes.length <= mostBytes || shown.size() == 2) {
                try {
                    AtomicFiles.write(file, out -> out.write(bytes));
                } catch (IOException e) {
                    throw RunException.of(e);
                }
                return new Written(shown.size(), sheets.size(), bytes.length);
            }
            most = Math.max(2, (shown.size() + 1) / 2);
        }
    }

    /** At most so many, evenly spread; the first and the last among them. */
    static <E> List<E> spread(List<E> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<E> some = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) ((long) i * (all.size() - 1) / (most - 1))));
        }
        return some;
    }

    private byte[] encode(List<StepPath> sheets, boolean gif, Progress progress) {
        BufferedImage last = PngSheet.read(sheets.get(sheets.size() - 1).path());
        long steps = sheets.get(sheets.size() - 1).step();
        int each = Math.max(SHORTEST, Math.min(LONGEST, LENGTH / sheets.size()));
        IntFunction<Frame> frames = i -> {
            StepPath sheet = sheets.get(i);
            BufferedImage picture = labelled(PngSheet.read(sheet.path()), last, sheet.step(), steps);
            progress.drawn(i + 1, sheets.size());
            return new Frame(picture, i == sheets.size() - 1 ? HOLD : each);
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (gif) {
                AnimatedGif.write(sheets.size(), frames, out);
            } else {
                AnimatedPng.write(sheets.size(), frames, out);
            }
        } catch (IOException e) {
            throw RunException.of(e);
        }
        return out.toByteArray();
    }

    /** The sheet in the size and type of the last one, with a bar and its step below. */
    private static BufferedImage labelled(BufferedImage sheet, BufferedImage last, long step, long steps) {
        int width = last.getWidth();
        int height = last.getHeight();
        BufferedImage frame = new BufferedImage(width, height + STRIP, last.getType());
        Graphics2D graphics = frame.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height + STRIP);
        graphics.setColor(TRACK);
        graphics.fillRect(0, height, width, BAR);
        graphics.setColor(INK);
        graphics.fillRect(0, height, (int) Math.round((double) width * step / steps), BAR);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        FontMetrics metrics = SheetText.metrics(SheetText.font(TEXT));
        graphics.setFont(metrics.getFont());
        int centre = height + BAR + (STRIP - BAR + metrics.getAscent() - metrics.getDescent()) / 2;
        String label = SheetText.fit(String.format(Locale.ROOT, "step %,d", step), metrics, width - 2 * GAP);
        graphics.drawString(label, GAP, centre);
        boolean same = sheet.getWidth() == width && sheet.getHeight() == height && sheet.getType() == last.getType();
        if (!same) {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(sheet, 0, 0, width, height, null);
        }
        graphics.dispose();
        if (same) {
            frame.getRaster().setRect(0, 0, sheet.getRaster()); // as bytes, past all colour management
        }
        return frame;
    }
}
