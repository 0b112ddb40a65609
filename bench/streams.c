// streams PORT SSE WS SECONDS WARM_UP SYMBOLS PER_CLIENT SLOW FROZEN: opens SSE and WebSocket streams of quotes, each with its own
// PER_CLIENT of the symbols in the file SYMBOLS (one a line, binance:BTC/USDT), and checks that the sequence of each
// subscription has no hole. SLOW of them read 1 KiB a second, FROZEN read nothing after their response. Prints one line of
// JSON: deliveries, the age of quotes (from their "at" to the reading, by clients that are not slow), holes, gaps, closed streams. bench/streams.py compiles and
// runs it. One thread; ages count after WARM_UP seconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CLIENTS = 20000, MAX_SYMBOLS = 1024, BUFFER = 32768, AGES = 20000, SLOW_BYTES = 1024 };
enum pace { FAST, SLOW_READER, FROZEN_READER };

struct client {
    int fd, web_socket, started, length, chunk, chunk_header, in_event;
    enum pace pace;
    unsigned *seq; // of each symbol
    unsigned char in[BUFFER];
    char event[BUFFER];
    char line[32];
};

static struct client *clients;
static char symbols[MAX_SYMBOLS][48];
static char *names[MAX_SYMBOLS];
static int symbol_count, poll_fd;
static long events, counted, holes, doubles, gaps, resyncs, statuses, closed, refused, snapshots, bytes, over, ages[AGES];
static double measured_from;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int find_symbol(const char *from) {
    char name[48];
    int n = 0;
    while (n < 47 && from[n] && from[n] != '"') {
        name[n] = from[n];
        n++;
    }
    name[n] = 0;
    char *key = name, **found = bsearch(&key, names, symbol_count, sizeof *names, by_name);
    return found ? (int)(found - names) : -1;
}

// Seconds since midnight UTC of ..."at":"2026-11-29T11:05:55.542Z"; negative without one.
static double time_of_day(const char *json) {
    const char *at = strstr(json, "\"at\":\"");
    int hour, minute;
    double second;
    if (!at || sscanf(at + 17, "%2d:%2d:%lf", &hour, &minute, &second) != 3) return -1;
    return hour * 3600 + minute * 60 + second;
}

static void take(struct client *c, const char *type, const char *json) {
    bytes += strlen(json);
    events++;
    const char *seq = strstr(json, "\"seq\":"), *symbol = strstr(json, "\"instrument\":\"");
    if (!strncmp(type, "gap", 3)) gaps++;
    else if (!strncmp(type, "resync", 6)) resyncs++;
    else if (!strncmp(type, "status", 6)) statuses++;
    else if (!strncmp(type, "snapshot", 8)) snapshots++;
    if (!seq || !symbol) return;
    int at = find_symbol(symbol + 14);
    if (at < 0) exit((fprintf(stderr, "an event of an instrument that was not asked for: %s\n", json), 1));
    unsigned number = strtoul(seq + 6, 0, 10), before = c->seq[at];
    if (number <= before) doubles++;
    else if (number > before + 1) holes++;
    c->seq[at] = number;
    double t = now();
    if (t < measured_from || strncmp(type, "quote", 5)) return;
    counted++;
    if (c->pace != FAST) return; // how old a quote is that such a client reads is its own doing
    double said = time_of_day(json);
    double day = t - 86400.0 * (long)(t / 86400);
    if (said < 0) return;
    double age = day - said;
    if (age < -43200) age += 86400;
    long ms = age < 0 ? 0 : (long)(age * 1000);
    if (ms < AGES) ages[ms]++;
    else over++;
}

static void sse_line(struct client *c, char *line) {
    if (!strncmp(line, "event: ", 7)) snprintf(c->line, sizeof c->line, "%s", line + 7);
    else if (!strncmp(line, "data: ", 6)) take(c, c->line, line + 6);
}

static void sse(struct client *c, unsigned char *in, int length) {
    for (int i = 0; i < length; i++) {
        char b = in[i];
        if (c->chunk == 0) { // the line with the size of a chunk, after the end of the one before it
            if (b == '\n' && c->chunk_header > 0) {
                c->chunk = c->chunk_header;
                c->chunk_header = 0;
            } else if (b != '\r' && b != '\n') {
                c->chunk_header = c->chunk_header * 16 + (b <= '9' ? b - '0' : (b | 32) - 'a' + 10);
            }
        } else {
            c->chunk--;
            if (b == '\n') {
                c->event[c->in_event] = 0;
                sse_line(c, c->event);
                c->in_event = 0;
            } else if (c->in_event < BUFFER - 1) {
                c->event[c->in_event++] = b;
            }
        }
    }
}

static void ws(struct client *c, unsigned char *in, int length) {
    for (int i = 0; i < length; i++) {
        if (c->in_event == BUFFER - 1) exit((fprintf(stderr, "a message is too long\n"), 1));
        c->event[c->in_event++] = in[i];
        while (c->in_event >= 2) {
            unsigned char *e = (unsigned char *)c->event;
            int form = e[1] & 127, head = form == 126 ? 4 : form == 127 ? 10 : 2;
            if (c->in_event < head) break;
            int size = form == 126 ? e[2] << 8 | e[3] : form == 127 ? e[8] << 8 | e[9] : form;
            if (c->in_event < head + size) break;
            if ((e[0] & 15) == 1) {
                c->event[head + size] = 0;
                char *type = strstr(c->event + head, "\"type\":\"");
                take(c, type ? type + 8 : "", c->event + head);
            } else if ((e[0] & 15) == 9) { // a ping
                unsigned char pong[6] = {0x8a, 0x80, 0, 0, 0, 0};
                if (write(c->fd, pong, 6) < 0) {}
            }
            c->in_event = 0;
        }
    }
}

static void send_all(int fd, const char *text, size_t length) {
    while (length > 0) {
        ssize_t n = write(fd, text, length);
        if (n < 0) return;
        text += n;
        length -= n;
    }
}

// A WebSocket's subscription, masked with zeros.
static void subscribe(struct client *c, const char *list) {
    static char message[65536];
    unsigned char head[8] = {0x81, 0x80 | 126, 0, 0, 0, 0, 0, 0};
    int n = snprintf(message, sizeof message, "{\"op\":\"subscribe\",\"kinds\":[\"quote\"],\"symbols\":[\"%s\"]}", list);
    head[2] = n >> 8;
    head[3] = n;
    send_all(c->fd, (char *)head, 8);
    send_all(c->fd, message, n);
}

static void close_client(struct client *c) {
    close(c->fd);
    c->fd = -1;
    closed++;
}

static int read_some(struct client *c, int most) {
    ssize_t n = read(c->fd, c->in + c->length, most < BUFFER - c->length ? most : BUFFER - c->length);
    if (n <= 0) {
        if (n < 0 && errno == EAGAIN) return 0;
        close_client(c);
        return 0;
    }
    c->length += n;
    if (!c->started) {
        unsigned char *end = memmem(c->in, c->length, "\r\n\r\n", 4);
        if (!end) return n;
        if (strncmp((char *)c->in + 9, c->web_socket ? "101" : "200", 3)) {
            refused++;
            close_client(c);
            return 0;
        }
        c->started = 1;
        int head = end + 4 - c->in;
        memmove(c->in, end + 4, c->length - head);
        c->length -= head;
    }
    (c->web_socket ? ws : sse)(c, c->in, c->length);
    c->length = 0;
    return n;
}

static void poll_once(int timeout) {
    struct epoll_event ready[512];
    int count = epoll_wait(poll_fd, ready, 512, timeout);
    for (int i = 0; i < count; i++) {
        struct client *c = &clients[ready[i].data.u32];
        if (c->fd >= 0) read_some(c, BUFFER);
    }
}

static void open_client(int i, int port, int per_client, int web_socket, enum pace pace) {
    static char list[32768], list_ws[32768], request[40000];
    struct client *c = &clients[i];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int order[MAX_SYMBOLS], at = 0, at_ws = 0, one = 1, small = 4096;
    for (int s = 0; s < symbol_count; s++) order[s] = s;
    for (int s = 0; s < per_client; s++) {
        int other = s + rand() % (symbol_count - s), swap = order[s];
        order[s] = order[other];
        order[other] = swap;
        at += snprintf(list + at, sizeof list - at, "%s%s", s ? "," : "", symbols[order[s]]);
        at_ws += snprintf(list_ws + at_ws, sizeof list_ws - at_ws, "%s%s", s ? "\",\"" : "", symbols[order[s]]);
    }
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    c->web_socket = web_socket;
    c->pace = pace;
    c->seq = calloc(symbol_count, sizeof *c->seq);
    if (pace != FAST) setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    if (connect(c->fd, (struct sockaddr *)&to, sizeof to)) exit((perror("connect"), 1));
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    int n = web_socket
        ? snprintf(request, sizeof request, "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        : snprintf(request, sizeof request, "GET /api/v1/stream?kinds=quote&symbols=%s HTTP/1.1\r\nHost: localhost\r\n\r\n", list);
    send_all(c->fd, request, n);
    if (web_socket) subscribe(c, list_ws);
    if (pace == FROZEN_READER) return;
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    if (pace == FAST) epoll_ctl(poll_fd, EPOLL_CTL_ADD, c->fd, &(struct epoll_event){.events = EPOLLIN, .data.u32 = i});
}

static double percentile(double part) {
    long sum = over, seen = 0;
    for (int i = 0; i < AGES; i++) sum += ages[i];
    for (int i = 0; i < AGES; i++) {
        seen += ages[i];
        if (seen >= sum * part) return i;
    }
    return AGES;
}

int main(int argc, char **argv) {
    if (argc != 10) exit((fprintf(stderr, "usage: streams PORT SSE WS SECONDS WARM_UP SYMBOLS PER_CLIENT SLOW FROZEN\n"), 2));
    int port = atoi(argv[1]), sse_count = atoi(argv[2]), count = sse_count + atoi(argv[3]), per_client = atoi(argv[7]);
    int slow = atoi(argv[8]), frozen = atoi(argv[9]);
    struct rlimit files = {MAX_CLIENTS + 100, MAX_CLIENTS + 100};
    setrlimit(RLIMIT_NOFILE, &files);
    FILE *file = fopen(argv[6], "r");
    while (file && symbol_count < MAX_SYMBOLS && fscanf(file, "%47s", symbols[symbol_count]) == 1) symbol_count++;
    if (count > MAX_CLIENTS || per_client > symbol_count) exit((fprintf(stderr, "too few symbols, or too many clients\n"), 2));
    for (int i = 0; i < symbol_count; i++) names[i] = strchr(symbols[i], ':') + 1;
    qsort(names, symbol_count, sizeof *names, by_name);
    clients = calloc(count, sizeof *clients);
    poll_fd = epoll_create1(0);
    srand(7);
    measured_from = 1e18;
    for (int i = 0; i < count; i++) { // kinds and paces are spread evenly over the clients
        enum pace pace = (long)i * frozen / count != (i + 1L) * frozen / count ? FROZEN_READER
                         : (long)i * slow / count != (i + 1L) * slow / count   ? SLOW_READER
                                                                               : FAST;
        open_client(i, port, per_client, (long)i * (count - sse_count) / count != (i + 1L) * (count - sse_count) / count, pace);
        double until = now() + 0.002;
        do poll_once(1);
        while (now() < until);
    }
    double begin = now(), end = begin + atof(argv[5]) + atof(argv[4]), next = begin;
    measured_from = begin + atof(argv[5]);
    while (now() < end) {
        poll_once(20);
        if (slow && now() >= next) {
            next += 1;
            for (int i = 0; i < count; i++)
                if (clients[i].pace == SLOW_READER && clients[i].fd >= 0) read_some(&clients[i], SLOW_BYTES);
        }
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
    double seconds = now() - measured_from;
    printf("{\"clients\":%d,\"events\":%ld,\"quotes_per_second\":%.0f,\"age_p50_ms\":%.0f,\"age_p99_ms\":%.0f,\"age_p999_ms\":%.0f,"
           "\"holes\":%ld,\"doubles\":%ld,\"gaps\":%ld,\"resyncs\":%ld,\"statuses\":%ld,\"snapshots\":%ld,\"closed\":%ld,"
           "\"refused\":%ld,\"megabytes\":%.1f,\"cpu_seconds\":%.1f}\n",
           count, events, counted / seconds, percentile(0.5), percentile(0.99), percentile(0.999), holes, doubles, gaps, resyncs,
           statuses, snapshots, closed, refused, bytes / 1e6, cpu);
    return 0;
}
