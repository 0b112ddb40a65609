package io.marketbrain.provider.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which recording of another range of time answers a request. */
class TimeRangePolicyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start=100&end=200 | start=100&end=200 | true",
                "start=100&end=200 | start=150&end=200 | true",
                "start=100&end=200 | start=50&end=200  | false",
                "start=100&end=200 | start=100&end=201 | false",
                "start=100         | start=100&end=150 | false",
                "since=100&pair=X  | since=150&pair=X  | true",
                "since=100&pair=X  | since=150&pair=Y  | false",
                "start=100&limit=5 | start=150&limit=5 | false",
                "startTime=1782864000000&symbol=X | startTime=1782864000001&symbol=X | true",
                "start=2026-07-01T00:00:00Z&end=2026-07-02T00:00:00Z | start=2026-07-01T12:00:00Z&end=2026-07-02T00:00:00Z | true",
                "start=2026-07-01 | start=soon | false",
            })
    void a_recorded_range_answers_what_lies_within_it_unless_records_are_counted(
            String recorded, String asked, boolean answers) {
        assertThat(TimeRangePolicy.contains(key(recorded), key(asked))).isEqualTo(answers);
    }

    private static RequestKey key(String query) {
        var parameters = new TreeMap<String, String>();
        for (String pair : query.strip().split("&")) {
            parameters.put(pair.split("=")[0], pair.split("=")[1]);
        }
        return new RequestKey("GET", "/candles", parameters, "");
    }
}
