package io.marketbrain.files;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FileProblemsTest {
    private static final Path KEYS = Path.of("state", "keys");
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong();
    private final FileProblems problems = new FileProblems(now::get);
    private final Logger logger = (Logger) LoggerFactory.getLogger(FileProblems.class);
    private final Level level = logger.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.setContext(logger.getLoggerContext());
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(level);
    }

    private List<String> logged() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void a_problem_lasts_until_the_file_can_be_used_and_every_occurrence_is_counted() {
        problems.report(KEYS, "line 2 is not a key");
        problems.report(KEYS, "line 2 is not a key");
        assertThat(problems.current()).containsExactly("keys line 2 is not a key");
        problems.clear(KEYS);
        assertThat(problems.current()).isEmpty();
        assertThat(problems.counts()).containsEntry("keys", 2L);
        assertThat(logged()).containsExactly("state/keys line 2 is not a key", "state/keys can be used again");
    }

    @Test
    void a_file_that_changes_all_the_time_is_logged_at_most_once_a_minute() {
        for (int second = 0; second < 180; second++) {
            problems.report(KEYS, "line " + second + " is not a key");
            problems.clear(KEYS);
            now.addAndGet(SECOND);
        }
        assertThat(logged()).hasSize(6);
        assertThat(problems.counts()).containsEntry("keys", 180L);
    }

    @Test
    void a_handled_problem_is_counted_and_logged_but_does_not_last() {
        problems.reportHandled(KEYS, "is empty");
        assertThat(problems.current()).isEmpty();
        assertThat(problems.counts()).containsEntry("keys", 1L);
        assertThat(logged()).containsExactly("state/keys is empty");
    }
}
