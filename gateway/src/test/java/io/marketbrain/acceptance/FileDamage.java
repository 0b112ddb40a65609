package io.marketbrain.acceptance;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Ways in which a file of the gateway can be damaged. Each works on a file that exists with valid contents. */
public enum FileDamage {
    NAMED_PIPE {
        @Override
        void damage(Path file) throws Exception {
            Files.delete(file);
            run("mkfifo", "-m", "600", file.toString());
        }
    },
    FOLDER {
        @Override
        void damage(Path file) throws IOException {
            Files.delete(file);
            Files.createDirectory(file);
            Files.writeString(file.resolve("file"), "so that it cannot be replaced");
        }
    },
    SOCKET {
        @Override
        void damage(Path file) throws IOException {
            Files.delete(file);
            try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                socket.bind(UnixDomainSocketAddress.of(file));
            }
        }
    },
    ENDLESS_DEVICE {
        @Override
        void damage(Path file) throws IOException {
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("/dev/zero"));
        }
    },
    LINK_TO_ITSELF {
        @Override
        void damage(Path file) throws IOException {
            Files.delete(file);
            Files.createSymbolicLink(file, file.getFileName());
        }
    },
    LINK_TO_NOTHING {
        @Override
        void damage(Path file) throws IOException {
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("nothing"));
        }
    },
    UNREADABLE {
        @Override
        void damage(Path file) throws IOException {
            Files.setPosixFilePermissions(file, Set.of());
        }
    },
    EMPTY {
        @Override
        void damage(Path file) throws IOException {
            overwrite(file, new byte[0]);
        }
    },
    FIFTY_MEGABYTES {
        @Override
        void damage(Path file) throws IOException {
            byte[] good = Files.readAllBytes(file);
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < block.length; i++) {
                block[i] = good[i % good.length];
            }
            try (var out = Files.newOutputStream(file)) {
                for (int i = 0; i < 50; i++) {
                    out.write(block);
                }
            }
        }
    },
    SPARSE_GIGABYTE {
        @Override
        void damage(Path file) throws IOException {
            try (var open = new RandomAccessFile(file.toFile(), "rw")) {
                open.setLength((1L << 30) + 1);
            }
        }
    },
    ENDLESS_LINE {
        @Override
        void damage(Path file) throws IOException {
            byte[] line = new byte[8 << 20];
            Arrays.fill(line, (byte) 'x');
            overwrite(file, line);
        }
    },
    RANDOM_BYTES {
        @Override
        void damage(Path file) throws IOException {
            byte[] bytes = new byte[4096];
            new Random(1).nextBytes(bytes);
            overwrite(file, bytes);
        }
    },
    INVALID_UTF_8 {
        @Override
        void damage(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] = (byte) 0xFF;
            overwrite(file, bytes);
        }
    },
    NUL_CHARACTERS {
        @Override
        void damage(Path file) throws IOException {
            overwrite(file, new byte[(int) Math.max(16, Files.size(file))]);
        }
    },
    CUT_OFF {
        @Override
        void damage(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            overwrite(file, Arrays.copyOf(bytes, bytes.length / 2));
        }
    },
    WRONG_LINE {
        @Override
        void damage(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            int end = 0;
            while (end < bytes.length - 1 && bytes[end] != '\n') {
                end++;
            }
            byte[] line = "what is this?\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            byte[] all = Arrays.copyOf(bytes, bytes.length + line.length);
            System.arraycopy(line, 0, all, end + 1, line.length);
            System.arraycopy(bytes, end + 1, all, end + 1 + line.length, bytes.length - end - 1);
            overwrite(file, all);
        }
    };

    abstract void damage(Path file) throws Exception;

    /** Damages the file. */
    public void apply(Path file) throws Exception {
        damage(file);
    }

    /** The kinds that are possible for the user who runs the tests: root may read anything. */
    public static Stream<FileDamage> possible() throws IOException {
        Path probe = Files.createTempFile("probe", "");
        try {
            Files.setPosixFilePermissions(probe, Set.of());
            boolean readsAnything = Files.isReadable(probe);
            return Stream.of(values()).filter(damage -> damage != UNREADABLE || !readsAnything);
        } finally {
            Files.delete(probe);
        }
    }

    /** Puts the file back as it was, whatever is in its place. */
    public static void restore(Path file, byte[] content) throws IOException {
        if (Files.isDirectory(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> below = Files.walk(file)) {
                for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(
                        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
        Files.write(file, content);
    }

    /** Keeps the permissions of the file. */
    private static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    private static void run(String... command) throws Exception {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
