package org.saddlepoint.recipes;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.TensorException;

/**
 * Refuses a batch that cannot fit before hours are spent or the system kills the process. Both needs are lower bounds,
 * so nothing is refused that could run.
 */
final class MemoryNeed {
    private static final double GIBIBYTE = 1L << 30;
    private static final Path LINUX_MEMORY = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB");

    private MemoryNeed() {}

    /**
     * The needs of one step.
     *
     * @param example numbers of an example
     * @param kept numbers that a pass keeps for its backward pass, for one example
     * @throws TensorException if the batches, or what a pass keeps of one, are more than there is memory
     */
    static void require(String recipe, int batchSize, long example, long kept, LoaderConfig loader, Device device) {
        double batch = (double) loader.batchSize() * example * Float.BYTES;
        double heap = Runtime.getRuntime().maxMemory();
        refuseIfMore(recipe, batchSize, batch * (loader.prefetch() + 1), heap, "Java's heap");
        if (device.type() == Device.Type.CPU) {
            refuseIfMore(recipe, batchSize, (double) batchSize * kept * Float.BYTES, available(), "this machine");
        }
    }

    private static void refuseIfMore(String recipe, int batchSize, double need, double available, String where) {
        if (need > available) {
            throw new TensorException(String.format(
                    Locale.ROOT,
                    "not enough memory for batchSize %,d with the recipe %s: it takes %.1f GiB or more, and %s has"
                            + " %.1f GiB; use a smaller batch",
                    batchSize,
                    recipe,
                    need / GIBIBYTE,
                    where,
                    available / GIBIBYTE));
        }
    }

    /** Bytes of memory that are free or can be freed; all of the machine's, or container's, where that is unknown. */
    private static double available() {
        double all =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        try {
            Matcher line = AVAILABLE.matcher(Files.readString(LINUX_MEMORY));
            return line.find() ? Math.min(all, Long.parseLong(line.group(1)) * 1024.0) : all;
        } catch (IOException e) {
            return all; // another system
        }
    }
}
