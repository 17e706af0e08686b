package org.saddlepoint.tensor.distributed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The network interface through which processes of other machines reach this one. By default libtorch takes the address of the machine's
 * name, which many systems map to 127.0.1.1, where no other machine reaches it. The system's tables say it without asking the network.
 */
final class OwnInterface {
    private static final Path ROUTES = Path.of("/proc/net/route");
    private static final Path INTERFACES = Path.of("/sys/class/net");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int COLUMNS = 8;

    private OwnInterface() {}

    /**
     * That which the launch names; else that of the way to rank 0.
     *
     * @return empty for loopback, and where the system has no such tables
     * @throws DistributedException if there is no interface of the given name
     */
    static String of(Launch launch) {
        if (!launch.network().isEmpty()) {
            return known(launch.network().split(",", 2)[0].strip(), interfaces());
        }
        return launch.host().isEmpty() ? way(launch.address(), lines(ROUTES)) : "";
    }

    private static String known(String name, List<String> all) {
        if (!all.isEmpty() && !all.contains(name)) {
            throw new DistributedException(Launch.NETWORK + "=" + name
                    + " is no network interface of this machine; expected one of " + String.join(", ", all));
        }
        return name;
    }

    /** A line of the table of routes; numbers are as the table has them, the first byte of an address lowest. */
    private record Route(String network, long destination, long metric, long mask) {
        static Route of(String line) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length < COLUMNS) {
                throw new NumberFormatException(line);
            }
            return new Route(
                    columns[0],
                    Long.parseLong(columns[1], 16),
                    Long.parseLong(columns[6]),
                    Long.parseLong(columns[7], 16));
        }

        int length() {
            return Long.bitCount(mask);
        }
    }

    /**
     * The interface of the most specific route to an address. A name is not looked up: it counts as an address elsewhere, to which the
     * default route leads and, where there is none, the first.
     *
     * @param lines of the table of routes, behind its head
     */
    static String way(String address, List<String> lines) {
        List<Route> routes;
        try {
            routes = lines.stream().skip(1).map(Route::of).toList();
        } catch (NumberFormatException otherForm) {
            return "";
        }
        long target = IPV4.matcher(address).matches() ? number(address) : -1;
        Comparator<Route> best =
                Comparator.comparingInt(Route::length).reversed().thenComparingLong(Route::metric);
        Optional<Route> found = routes.stream()
                .filter(route -> target < 0 ? route.mask() == 0 : (target & route.mask()) == route.destination())
                .min(best);
        return found.or(() -> routes.stream().findFirst()).map(Route::network).orElse("");
    }

    private static long number(String address) {
        long number = 0;
        int shift = 0;
        for (String part : address.split("\\.", -1)) {
            number |= Long.parseLong(part) << shift;
            shift += Byte.SIZE;
        }
        return number;
    }

    private static List<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table) : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static List<String> interfaces() {
        if (!Files.isDirectory(INTERFACES)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(INTERFACES)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
