package io.marketbrain.store.sqlite;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.FileProblems;
import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file of numbers by account and period, shared by all gateways on the machine that use the same folder. Opened
 * and checked on first use. A file that is empty, damaged, missing although it existed, or has other tables is never
 * replaced by an empty one.
 *
 * <p>One thread at a time uses the file and waits for other processes, for at most {@link #BUSY_MILLIS}; threads that
 * waited for it meanwhile fail with it instead of waiting in turn. Thread-safe.
 */
public final class SqliteDatabase implements AutoCloseable {
    private static final int BUSY_MILLIS = 500;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int PRIMARY_CODE = 0xff;
    private static final String ADVICE =
            "; restore it from a backup, or start a new count as docs/budgets.md describes";

    private final DatabaseFile file;
    private final List<Table> tables;
    private final FileProblems problems;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;
    private volatile Failures failures = new Failures(0, "");
    private boolean writeFailed;
    private boolean closed;

    /** A table with one number by account and period. */
    public record Table(String name, String column) {}

    /** How often the file could not be used, and why the last time. */
    private record Failures(long count, String last) {}

    /** @param tables all tables of the file */
    public SqliteDatabase(Path file, List<Table> tables, FileProblems problems) {
        this.file = DatabaseFile.of(file);
        this.tables = List.copyOf(tables);
        this.problems = problems;
    }

    /** Work with the open file. */
    interface Work<T> {
        T with(Connection open) throws SQLException, StoreUnavailable;
    }

    /** Reports what is wrong with the file, as far as can be seen without opening the database. */
    public void check() {
        file.findProblem().ifPresent(reason -> problems.report(file.file(), reason + consequence() + ADVICE));
    }

    <T> T read(Work<T> work) throws StoreUnavailable {
        return use("the store cannot be read", work, false);
    }

    <T> T write(Work<T> work) throws StoreUnavailable {
        return use("the store cannot be written", work, true);
    }

    private <T> T use(String purpose, Work<T> work, boolean writing) throws StoreUnavailable {
        long before = failures.count();
        if (!acquire()) {
            throw new StoreUnavailable(purpose + ": it has been in use for " + BUSY_MILLIS + " ms", null);
        }
        try {
            Failures now = failures;
            if (now.count() != before) {
                throw new StoreUnavailable(purpose + ": " + now.last(), null);
            }
            return attempt(purpose, work, writing);
        } finally {
            lock.unlock();
        }
    }

    private <T> T attempt(String purpose, Work<T> work, boolean writing) throws StoreUnavailable {
        try {
            T result = work.with(open());
            onSuccess(writing);
            return result;
        } catch (UnreadableFile e) {
            throw failed(purpose, writing, e.reason() + consequence() + ADVICE, e);
        } catch (IOException e) {
            throw failed(purpose, writing, "cannot be used: " + FileKind.reason(e) + consequence(), e);
        } catch (SQLException e) {
            int code = e.getErrorCode() & PRIMARY_CODE;
            if (code == BUSY || code == LOCKED) {
                throw failed(purpose, writing, "is locked by another process" + consequence(), e);
            }
            // The next use opens and checks the file again.
            disconnect();
            throw failed(purpose, writing, "cannot be used: " + e.getMessage() + consequence(), e);
        }
    }

    /** A file that can be read but not written stays reported until it was written. */
    private void onSuccess(boolean writing) {
        if (writing || !writeFailed) {
            writeFailed = false;
            problems.clear(file.file());
        }
    }

    private StoreUnavailable failed(String purpose, boolean writing, String reason, Exception cause) {
        writeFailed |= writing;
        failures = new Failures(failures.count() + 1, reason);
        problems.report(file.file(), reason);
        return new StoreUnavailable(purpose + ": " + reason, cause);
    }

    private static String consequence() {
        return "; calls that cost money are rejected";
    }

    private boolean acquire() {
        try {
            return lock.tryLock(BUSY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Connection open() throws SQLException, IOException, UnreadableFile {
        if (closed) {
            throw new IOException("the gateway has stopped");
        }
        Connection existing = connection;
        if (existing != null) {
            return existing;
        }
        if (!file.check()) {
            create();
        }
        Connection opened = connect(file.file());
        try (Statement statement = opened.createStatement()) {
            new SqliteSchema(opened).check(tables, file.isMarked());
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            for (Table table : tables) {
                statement.execute(SqliteSchema.definition(table));
            }
            file.mark();
        } catch (SQLException | IOException | UnreadableFile e) {
            opened.close();
            throw e;
        }
        connection = opened;
        return opened;
    }

    /** Creates the database under another name first: an empty file of its name is always damage. */
    private void create() throws SQLException, IOException {
        Path folder = file.file().toAbsolutePath().getParent();
        if (folder != null) {
            FileReplacement.createFolder(folder);
        }
        Path fresh = Files.createTempFile(folder, file.file().getFileName().toString(), ".new");
        try {
            try (Connection opened = connect(fresh);
                    Statement statement = opened.createStatement()) {
                for (Table table : tables) {
                    statement.execute(SqliteSchema.definition(table));
                }
            }
            file.publish(fresh);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Connection connect(Path path) throws SQLException {
        Connection opened = DriverManager.getConnection("jdbc:sqlite:" + path);
        try (Statement statement = opened.createStatement()) {
            statement.execute("PRAGMA busy_timeout=" + BUSY_MILLIS);
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            disconnect();
        } finally {
            lock.unlock();
        }
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // Every transaction is already on disk; nothing is lost.
            }
        }
    }
}
