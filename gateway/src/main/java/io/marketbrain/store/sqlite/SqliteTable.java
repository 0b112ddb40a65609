package io.marketbrain.store.sqlite;

import io.marketbrain.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file with one table of numbers by account and period, shared by all gateways on the machine that use the
 * same folder. Opened on first use. A transaction is durable when it ends ({@code synchronous=FULL}) and has exclusive
 * write access while it runs ({@code BEGIN IMMEDIATE}). Thread-safe.
 */
public final class SqliteTable {
    private static final int BUSY_MILLIS = 5_000;

    private final Path file;
    private final String table;
    private final String column;
    private @Nullable Connection connection;
    private boolean closed;

    public SqliteTable(Path file, String table, String column) {
        this.file = file;
        this.table = table;
        this.column = column;
    }

    /** Work on the table inside a transaction. */
    public interface Work<T> {
        T with(Connection open) throws SQLException;
    }

    public synchronized <T> T inTransaction(Work<T> work) throws StoreUnavailable {
        try {
            Connection open = open();
            try (Statement statement = open.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                boolean done = false;
                try {
                    T result = work.with(open);
                    statement.execute("COMMIT");
                    done = true;
                    return result;
                } finally {
                    if (!done) {
                        statement.execute("ROLLBACK");
                    }
                }
            }
        } catch (SQLException | IOException e) {
            throw new StoreUnavailable("cannot write " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    public synchronized long read(String account, String period) throws StoreUnavailable {
        try {
            return read(open(), account, period);
        } catch (SQLException | IOException e) {
            throw new StoreUnavailable("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    public long read(Connection open, String account, String period) throws SQLException {
        try (PreparedStatement query =
                open.prepareStatement("SELECT " + column + " FROM " + table + " WHERE account = ? AND period = ?")) {
            query.setString(1, account);
            query.setString(2, period);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    public void write(Connection open, String account, String period, long number) throws SQLException {
        try (PreparedStatement update = open.prepareStatement("INSERT INTO " + table + " (account, period, " + column
                + ") VALUES (?, ?, ?) ON CONFLICT (account, period) DO UPDATE SET " + column + " = excluded."
                + column)) {
            update.setString(1, account);
            update.setString(2, period);
            update.setLong(3, number);
            update.executeUpdate();
        }
    }

    public synchronized void close() {
        closed = true;
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

    private Connection open() throws SQLException, IOException {
        if (closed) {
            throw new IOException("the gateway has stopped");
        }
        Connection existing = connection;
        if (existing != null) {
            return existing;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Connection opened = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = opened.createStatement()) {
            statement.execute("PRAGMA busy_timeout=" + BUSY_MILLIS);
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("CREATE TABLE IF NOT EXISTS " + table + " (account TEXT NOT NULL, period TEXT NOT NULL, "
                    + column + " INTEGER NOT NULL, PRIMARY KEY (account, period)) WITHOUT ROWID");
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
        connection = opened;
        return opened;
    }
}
