package org.saddlepoint.testing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Paths of the default file system of which one may not be read, as if its permissions said so: root, who may run the tests,
 * is denied nothing by real permissions. A denied folder cannot be listed, and nothing in it can be looked at.
 */
public final class Denied {
    private final Path real;
    private final FileSystem system = new System();
    private final FileSystemProvider provider = new Provider();

    private Denied(Path real) {
        this.real = real;
    }

    /**
     * The path as such a one.
     *
     * @param denied what may not be read: this path, or one above or below it
     */
    public static Path path(Path path, Path denied) throws IOException {
        return new Denied(denied.toRealPath()).wrapped(path);
    }

    /** A proxy: most of what a path does is asked of the real one, and answered with such paths again. */
    private Path wrapped(Path path) {
        return (Path) Proxy.newProxyInstance(
                Denied.class.getClassLoader(), new Class<?>[] {Path.class, Real.class}, (proxy, method, given) -> {
                    switch (method.getName()) {
                        case "real":
                            return path;
                        case "getFileSystem":
                            return system;
                        case "iterator":
                            List<Path> names = new ArrayList<>();
                            path.forEach(name -> names.add(wrapped(name)));
                            return names.iterator();
                        case "toRealPath":
                            requireReachable(path);
                            requireReachable(path.toRealPath()); // a link, too, may lead there
                            break;
                        default:
                    }
                    Object[] arguments = given == null ? new Object[0] : given.clone();
                    for (int i = 0; i < arguments.length; i++) {
                        arguments[i] = arguments[i] instanceof Path other ? real(other) : arguments[i];
                    }
                    try {
                        Object answer = method.invoke(path, arguments);
                        return answer instanceof Path other ? wrapped(other) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Of the proxies. */
    private interface Real {
        Path real();
    }

    private static Path real(Path path) {
        return path instanceof Real proxy ? proxy.real() : path;
    }

    private void requireReachable(Path path) throws AccessDeniedException {
        Path absolute = path.toAbsolutePath().normalize();
        if (absolute.startsWith(real) && !absolute.equals(real)) {
            throw new AccessDeniedException(path.toString());
        }
    }

    private void requireReadable(Path path) throws AccessDeniedException {
        if (path.toAbsolutePath().normalize().startsWith(real)) {
            throw new AccessDeniedException(path.toString());
        }
    }

    private final class System extends FileSystem {
        @Override
        public FileSystemProvider provider() {
            return provider;
        }

        @Override
        public void close() {}

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public String getSeparator() {
            return real.getFileSystem().getSeparator();
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return List.of();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return List.of();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return Set.of("basic");
        }

        @Override
        public Path getPath(String first, String... more) {
            return wrapped(Path.of(first, more));
        }

        @Override
        public PathMatcher getPathMatcher(String syntaxAndPattern) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            throw new UnsupportedOperationException();
        }

        @Override
        public WatchService newWatchService() {
            throw new UnsupportedOperationException();
        }
    }

    private final class Provider extends FileSystemProvider {
        @Override
        public String getScheme() {
            return "denied";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return system;
        }

        @Override
        public Path getPath(URI uri) {
            throw new ProviderMismatchException();
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            requireReadable(real(path));
            return Files.newByteChannel(real(path), options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            requireReadable(real(folder));
            List<Path> entries = new ArrayList<>();
            try (DirectoryStream<Path> found = Files.newDirectoryStream(real(folder))) {
                found.forEach(entry -> entries.add(wrapped(entry)));
            }
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return entries.iterator();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
            requireReadable(real(folder));
            Files.createDirectory(real(folder), attributes);
        }

        @Override
        public void delete(Path path) throws IOException {
            requireReadable(real(path));
            Files.delete(real(path));
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSameFile(Path one, Path other) throws IOException {
            return Files.isSameFile(real(one), real(other));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return Files.isHidden(real(path));
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return Files.getFileStore(real(path));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            requireReachable(real(path));
            if (modes.length > 0) {
                requireReadable(real(path));
            }
            real(path).getFileSystem().provider().checkAccess(real(path), modes);
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return Files.getFileAttributeView(real(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            requireReachable(real(path));
            return Files.readAttributes(real(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            requireReachable(real(path));
            return Files.readAttributes(real(path), attributes, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            Files.setAttribute(real(path), attribute, value, options);
        }
    }
}
