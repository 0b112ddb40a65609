package io.marketbrain.store.sqlite;

import io.marketbrain.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A table of numbers by account and period in a {@link SqliteDatabase}. A transaction is durable when it ends
 * ({@code synchronous=FULL}) and has exclusive write access while it runs ({@code BEGIN IMMEDIATE}). Thread-safe.
 */
public final class SqliteTable {
    /** Instead of a value that is not a whole number. */
    public static final long NOT_A_NUMBER = Long.MIN_VALUE;

    private final SqliteDatabase database;
    private final String table;
    private final String column;

    public SqliteTable(SqliteDatabase database, SqliteDatabase.Table table) {
        this.database = database;
        this.table = table.name();
        this.column = table.column();
    }

    /** Work on the table inside a transaction. */
    public interface Work<T> {
        T with(Connection open) throws SQLException, StoreUnavailable;
    }

    public <T> T inTransaction(Work<T> work) throws StoreUnavailable {
        return database.write(open -> {
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
        });
    }

    /** The number; 0 if there is none. */
    public long read(String account, String period) throws StoreUnavailable {
        return database.read(open -> read(open, account, period));
    }

    /** The number; 0 if there is none, {@link #NOT_A_NUMBER} for a value of another type. */
    public long read(Connection open, String account, String period) throws SQLException {
        try (PreparedStatement query = open.prepareStatement(
                "SELECT " + column + ", typeof(" + column + ") FROM " + table + " WHERE account = ? AND period = ?")) {
            query.setString(1, account);
            query.setString(2, period);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    return 0;
                }
                return "integer".equals(rows.getString(2)) ? rows.getLong(1) : NOT_A_NUMBER;
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
}
