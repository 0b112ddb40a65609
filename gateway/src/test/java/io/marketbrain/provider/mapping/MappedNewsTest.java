package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.NewsItem;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketQuery.NewsQuery;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** News as JSON and as RSS. */
class MappedNewsTest {
    private static NewsQuery news(String text, int limit) {
        return new NewsQuery(MappedSample.ACME, text, limit);
    }

    private static MappedSample json() {
        return MappedSample.of("news").request("""
                {'alternatives': [{'path': '/search', 'query': {'q': '{query}', 'n': '{limit}'}}, {'path': '/top'}]}
                """).response("""
                {'rows': {'path': 'articles'}, 'skip_incomplete': true, 'fields': {
                  'title': {'path': 'title', 'none': ['[Removed]']}, 'url': 'url', 'id': {'path': 'uuid', 'optional': true},
                  'summary': {'path': 'description', 'html': true}, 'time': {'path': 'at', 'format': 'iso'}}}
                """);
    }

    @Test
    void items_are_cleaned_and_come_newest_first() {
        MappedSample sample = json();
        var found = (NewsItems) sample.data(news("gold", 10), """
                {'articles':[
                  {'title':' Older \\n news\\u202e ','url':'javascript:alert(1)','uuid':'a','description':null,'at':'2026-01-02T00:00:00Z'},
                  {'title':'Newer','url':'https://news.example/1','description':'<p>One &amp; <b>two</b></p>','at':'2026-01-03T00:00:00Z'},
                  {'title':'Newer again','url':'https://news.example/1','description':'','at':'2026-01-03T00:00:00Z'},
                  {'title':'[Removed]','url':'https://news.example/2','description':'','at':'2026-01-04T00:00:00Z'},
                  {'title':null,'url':null,'description':'','at':'2026-01-04T00:00:00Z'}]}
                """);
        assertThat(found.items())
                .containsExactly(
                        new NewsItem(
                                "https://news.example/1",
                                Instant.parse("2026-01-03T00:00:00Z"),
                                "Newer",
                                "One & two",
                                "https://news.example/1"),
                        new NewsItem("a", Instant.parse("2026-01-02T00:00:00Z"), "Older news", null, null));
        assertThat(found.asOf()).isEqualTo(Instant.parse("2026-01-03T00:00:00Z"));
        assertThat(sample.requests.getFirst().path()).isEqualTo("/search");
        assertThat(sample.requests.getFirst().parameters())
                .containsEntry("q", "gold")
                .containsEntry("n", "10");
    }

    @Test
    void without_a_text_the_request_that_needs_none_is_sent() {
        MappedSample sample = json();
        assertThat(((NewsItems) sample.data(news("", 10), "{'articles':[]}")).items())
                .isEmpty();
        assertThat(sample.requests.getFirst().path()).isEqualTo("/top");
    }

    @Test
    void items_of_a_feed_are_read_with_their_dates() {
        MappedSample sample =
                MappedSample.of("news").terms("{'payload': 'xml'}").response("""
                {'rows': {'path': 'rss.channel.item'}, 'fields': {
                  'title': 'title', 'url': 'link', 'id': 'guid', 'time': {'path': 'pubDate', 'format': 'rfc1123'}}}
                """);
        String long300 = "x".repeat(300);
        var found = (NewsItems) sample.data(news("gold", 1), """
                <rss><channel><title>Feed</title>
                <item><title>A &amp; B</title><link>https://news.example/a</link><guid>%s</guid>
                  <pubDate>Fri, 02 Jan 2026 08:00:00 GMT</pubDate></item>
                <item><title>C</title><link>https://news.example/c</link><guid>c</guid>
                  <pubDate>Thu, 1 Jan 2026 08:00:00 +0100</pubDate></item></channel></rss>
                """.formatted(long300));
        assertThat(found.items()).hasSize(1);
        NewsItem item = found.items().getFirst();
        assertThat(item.title()).isEqualTo("A & B");
        assertThat(item.published()).isEqualTo(Instant.parse("2026-01-02T08:00:00Z"));
        assertThat(item.id()).hasSize(32);
    }

    @Test
    void an_item_without_a_time_is_malformed() {
        assertThat(json().failure(news("gold", 5), "{'articles':[{'title':'A','url':'u','description':''}]}"))
                .isInstanceOf(Failure.Malformed.class);
    }
}
