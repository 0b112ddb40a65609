package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Money;
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
 * Budgets in a SQLite file, shared by every gateway on the machine that is given the same folder. Opened by the first
 * call that costs something. Each lease is one transaction that is on the disk before it is spent
 * ({@code synchronous=FULL}), and is alone in the file while it lasts ({@code BEGIN IMMEDIATE}). Thread-safe.
 */
public final class SqliteStore implements BudgetStore {
    private static final int BUSY_MILLIS = 5_000;

    private final Path file;
    private @Nullable Connection connection;
    private boolean closed;

    public SqliteStore(Path file) {
        this.file = file;
    }

    @Override
    public synchronized Money lease(String account, String window, Money want, Money limit) throws Away {
        return inTransaction(open -> {
            long before = read(open, account, window);
            long granted = Math.clamp(limit.micros() - before, 0, want.micros());
            if (granted > 0) {
                write(open, account, window, before + granted);
            }
            return new Money(granted);
        });
    }

    @Override
    public synchronized void giveBack(String account, String window, Money unspent) throws Away {
        inTransaction(open -> {
            write(open, account, window, Math.max(0, read(open, account, window) - unspent.micros()));
            return unspent;
        });
    }

    @Override
    public synchronized Money used(String account, String window) throws Away {
        try {
            return new Money(read(open(), account, window));
        } catch (SQLException | IOException e) {
            throw new Away("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // Every transaction is on the disk already; there is nothing to lose.
            }
        }
    }

    /** What is done with the file while nobody else writes to it. */
    private interface Work {
        Money with(Connection open) throws SQLException;
    }

    private Money inTransaction(Work work) throws Away {
        try {
            Connection open = open();
            try (Statement statement = open.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                boolean done = false;
                try {
                    Money result = work.with(open);
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
            throw new Away("cannot write " + file.getFileName() + ": " + e.getMessage(), e);
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
            statement.execute("CREATE TABLE IF NOT EXISTS used (account TEXT NOT NULL, period TEXT NOT NULL,"
                    + " micros INTEGER NOT NULL, PRIMARY KEY (account, period)) WITHOUT ROWID");
        }
        connection = opened;
        return opened;
    }

    private static long read(Connection open, String account, String window) throws SQLException {
        try (PreparedStatement query =
                open.prepareStatement("SELECT micros FROM used WHERE account = ? AND period = ?")) {
            query.setString(1, account);
            query.setString(2, window);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private static void write(Connection open, String account, String window, long micros) throws SQLException {
        try (PreparedStatement update = open.prepareStatement("INSERT INTO used (account, period, micros)"
                + " VALUES (?, ?, ?) ON CONFLICT (account, period) DO UPDATE SET micros = excluded.micros")) {
            update.setString(1, account);
            update.setString(2, window);
            update.setLong(3, micros);
            update.executeUpdate();
        }
    }
}
