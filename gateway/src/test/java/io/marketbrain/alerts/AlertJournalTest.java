package io.marketbrain.alerts;

import static io.marketbrain.alerts.AlertSamples.START;
import static io.marketbrain.alerts.AlertSamples.alert;
import static io.marketbrain.alerts.AlertSamples.crosses;
import static io.marketbrain.alerts.AlertSamples.firing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.alerts.rules.PriceDirection;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Mode;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertJournalTest {
    @TempDir
    Path folder;

    private final FileProblems problems = FileProblems.ofCommand();

    private AlertJournal journal() {
        return new AlertJournal(folder.resolve("state/alerts"), problems, () -> START);
    }

    private static List<AlertEntry> entries() {
        var future = new Instrument(AssetType.CRYPTO, "BTC", "USD", "BTC", null, LocalDate.parse("2026-03-27"), null);
        var rolling = new Instrument(AssetType.CRYPTO, "BTC", "USD", "BTC", null, null, "CW");
        List<AlertEntry> entries = new ArrayList<>();
        for (AlertCondition condition : List.of(
                crosses("70000.50", PriceDirection.UP),
                new AlertCondition.Moves(new BigDecimal("2.5"), Duration.ofMinutes(15), PriceDirection.EITHER),
                new AlertCondition.Stale(Duration.ofSeconds(90)))) {
            entries.add(new AlertEntry.Saved(AlertSamples.draft(
                            new AlertSubject.OfInstrument(AlertSamples.BINANCE, entries.isEmpty() ? future : rolling),
                            condition,
                            Mode.REPLAY,
                            true,
                            Optional.of("https://hooks.example.com/x?token=y"))
                    .create(condition.type(), START)));
        }
        entries.add(new AlertEntry.Saved(AlertSamples.draft(
                        new AlertSubject.OfProvider(AlertSamples.BINANCE),
                        new AlertCondition.ProviderDown(),
                        null,
                        false,
                        Optional.empty())
                .create("down", START)));
        entries.add(new AlertEntry.Saved(AlertSamples.draft(
                        new AlertSubject.OfBudget("month"),
                        new AlertCondition.BudgetSpent(new BigDecimal("80")),
                        null,
                        false,
                        Optional.empty())
                .create("budget", START)
                .after(firing(3))
                .withPaused(true)));
        entries.add(new AlertEntry.Fired(firing(1), true));
        entries.add(new AlertEntry.Ended("one", firing(1).key(), true, 3, START, "HTTP 200"));
        entries.add(new AlertEntry.Removed("one"));
        return entries;
    }

    @Test
    void what_was_written_is_read_again_in_order() throws Exception {
        try (AlertJournal journal = journal()) {
            assertThat(journal.load()).isEmpty();
            journal.append(entries().subList(0, 4));
            journal.append(entries().subList(4, entries().size()));
        }
        try (AlertJournal journal = journal()) {
            assertThat(journal.load()).isEqualTo(entries());
            assertThat(journal.size()).isEqualTo(entries().size());
            journal.replace(entries().subList(0, 1));
            journal.append(entries().subList(1, 2));
        }
        try (AlertJournal journal = journal()) {
            assertThat(journal.load()).isEqualTo(entries().subList(0, 2));
        }
        assertThat(problems.counts()).isEmpty();
    }

    @Test
    void a_line_that_a_crash_cut_off_is_dropped() throws Exception {
        try (AlertJournal journal = journal()) {
            journal.load();
            journal.append(entries());
        }
        Files.writeString(folder.resolve("state/alerts"), "{\"saved\": {\"id\"", StandardOpenOption.APPEND);
        try (AlertJournal journal = journal()) {
            assertThat(journal.load()).isEqualTo(entries());
            journal.append(List.of(new AlertEntry.Removed("two")));
        }
        try (AlertJournal journal = journal()) {
            assertThat(journal.load()).hasSize(entries().size() + 1);
        }
        assertThat(problems.counts()).isEmpty();
    }

    @Test
    void a_damaged_file_is_kept_and_what_can_be_read_of_it_stays() throws Exception {
        try (AlertJournal journal = journal()) {
            journal.load();
            journal.append(entries());
        }
        Path file = folder.resolve("state/alerts");
        Files.writeString(file, "not json\n" + Files.readString(file) + "{\"saved\": 1}\n");
        try (AlertJournal journal = journal()) {
            assertThat(journal.load()).isEqualTo(entries());
        }
        assertThat(problems.counts()).containsEntry("alerts", 1L);
        try (var files = Files.list(file.getParent())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("alerts.damaged-"));
        }
    }

    @Test
    void two_gateways_do_not_share_a_journal() throws Exception {
        try (AlertJournal first = journal();
                AlertJournal second = journal()) {
            first.load();
            first.append(entries());
            assertThatThrownBy(second::load)
                    .isInstanceOf(AlertsUnavailable.class)
                    .hasMessageContaining("another gateway");
            first.close();
            assertThat(second.load()).isEqualTo(entries());
        }
    }

    @Test
    void nothing_is_created_until_there_is_something_to_store_and_then_by_one_gateway_only() throws Exception {
        try (AlertJournal first = journal();
                AlertJournal second = journal()) {
            first.load();
            second.load();
            assertThat(folder.resolve("state")).doesNotExist();
            first.append(entries());
            assertThatThrownBy(() -> second.append(entries())).hasMessageContaining("another gateway");
            first.close();
            assertThatThrownBy(() -> second.append(entries())).hasMessageContaining("another gateway");
        }
        try (AlertJournal again = journal()) {
            assertThat(again.load()).isEqualTo(entries());
        }
    }

    @Test
    void nobody_else_can_read_where_webhooks_go() throws Exception {
        try (AlertJournal journal = journal()) {
            journal.load();
            journal.append(entries());
            assertThat(Files.getPosixFilePermissions(folder.resolve("state/alerts")))
                    .hasSize(2);
        }
        var target = new WebhookTarget(URI.create("https://hooks.example.com/services/T0/secret?token=secret"));
        assertThat(target.toString()).isEqualTo("https://hooks.example.com/…");
        assertThat(alert(crosses("1", PriceDirection.UP)).toString()).doesNotContain("secret");
    }
}
