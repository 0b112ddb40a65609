package io.marketbrain.store.sqlite;

import io.marketbrain.files.UnreadableFile;
import io.marketbrain.store.sqlite.SqliteDatabase.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that an open SQLite file is intact and has the expected tables. Not thread-safe. */
record SqliteSchema(Connection open) {
    static String definition(Table table) {
        return "CREATE TABLE IF NOT EXISTS " + table.name() + " (account TEXT NOT NULL, period TEXT NOT NULL, "
                + table.column() + " INTEGER NOT NULL, PRIMARY KEY (account, period)) WITHOUT ROWID";
    }

    /**
     * Throws {@link UnreadableFile} if the file lacks tables, has one with other columns, or is damaged.
     *
     * @param complete whether all tables must exist; older versions created each when it was first used
     */
    void check(List<Table> tables, boolean complete) throws SQLException, UnreadableFile {
        int found = 0;
        for (Table table : tables) {
            Set<String> columns = columns(table.name());
            if (!columns.isEmpty()) {
                if (!columns.equals(Set.of("account", "period", table.column()))) {
                    throw new UnreadableFile("has a table '" + table.name() + "' with other columns");
                }
                found++;
            }
        }
        if (found == 0 || (complete && found < tables.size())) {
            throw new UnreadableFile("is a SQLite database without the expected tables");
        }
        try (Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!rows.next() || !"ok".equals(rows.getString(1))) {
                throw new UnreadableFile("is damaged");
            }
        }
    }

    private Set<String> columns(String table) throws SQLException {
        var columns = new HashSet<String>();
        try (PreparedStatement query = open.prepareStatement(
                "SELECT c.name FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table' AND s.name = ?")) {
            query.setString(1, table);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
        }
        return columns;
    }
}
