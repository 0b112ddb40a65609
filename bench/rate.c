// rate PORT PATH CONNECTIONS RATE SECONDS: sends GETs at a fixed rate, however slow the responses (open loop). A latency
// counts from when its request was due, so stalls of the server are included. bench/pairs.py compiles and runs it.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 1024, WARM_UP_TENTHS = 5, GRACE_SECONDS = 10 };

struct client {
    int fd, length;
    double due;
    char response[65536];
};

static struct client clients[MAX_CONNECTIONS];
// A ring of the connections without a request, used in turn, so that none is idle for so long that the server closes it.
static int idle[MAX_CONNECTIONS], idle_first, idle_count;

static void add_idle(int i) { idle[(idle_first + idle_count++) % MAX_CONNECTIONS] = i; }

static int take_idle(void) {
    int i = idle[idle_first];
    idle_first = (idle_first + 1) % MAX_CONNECTIONS;
    idle_count--;
    return i;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void connect_all(int count, int port, int poll) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    for (int i = 0; i < count; i++) {
        int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(fd, (struct sockaddr *)&to, sizeof to)) {
            perror("connect");
            exit(1);
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        fcntl(fd, F_SETFL, O_NONBLOCK);
        clients[i].fd = fd;
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &(struct epoll_event){.events = EPOLLIN, .data.u32 = i});
        add_idle(i);
    }
}

// Reads what has arrived; returns whether the response is complete.
static int receive(struct client *c) {
    int count = read(c->fd, c->response + c->length, sizeof c->response - 1 - c->length);
    if (count <= 0) {
        fprintf(stderr, "the server closed a connection\n");
        exit(1);
    }
    c->length += count;
    c->response[c->length] = 0;
    char *end = strstr(c->response, "\r\n\r\n"), *length = strcasestr(c->response, "content-length:");
    return end && end + 4 - c->response + (length && length < end ? atoi(length + 15) : 0) <= c->length;
}

int main(int count, char **words) {
    if (count != 6 || atoi(words[3]) > MAX_CONNECTIONS) {
        fprintf(stderr, "usage: rate PORT PATH CONNECTIONS RATE SECONDS\n");
        return 2;
    }
    int port = atoi(words[1]), poll = epoll_create1(0);
    double rate = atof(words[4]), seconds = atof(words[5]), warm = WARM_UP_TENTHS / 10.0;
    char request[1024];
    int size = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", words[2], port);
    connect_all(atoi(words[3]), port, poll);
    long total = rate * (seconds + warm), skipped = rate * warm, sent = 0, answered = 0, bad = 0, kept = 0;
    float *latencies = malloc(sizeof *latencies * (total + 1));
    struct epoll_event events[256];
    double start = now() + 0.01;
    while (answered < total) {
        while (sent < total && idle_count > 0 && start + sent / rate <= now()) {
            struct client *c = &clients[take_idle()];
            c->due = start + sent / rate;
            if (sent++ < skipped) c->due = 0;
            c->length = 0;
            if (write(c->fd, request, size) != size) return 1;
        }
        double wait = sent < total && idle_count > 0 ? start + sent / rate - now() : 0.2;
        if (wait < 0) wait = 0;
        struct timespec pause = {(long)wait, (wait - (long)wait) * 1e9};
        int ready = epoll_pwait2(poll, events, 256, &pause, NULL);
        double t = now();
        if (t > start + seconds + warm + GRACE_SECONDS) {
            fprintf(stderr, "timed out with %ld of %ld responses received\n", answered, total);
            return 1;
        }
        for (int i = 0; i < ready; i++) {
            struct client *c = &clients[events[i].data.u32];
            if (!receive(c)) continue;
            bad += strncmp(c->response + 9, "200", 3) != 0;
            answered++;
            if (c->due > 0) latencies[kept++] = t - c->due;
            add_idle(events[i].data.u32);
        }
    }
    qsort(latencies, kept, sizeof *latencies, by_size);
    printf("requests %ld p50 %.3f p99 %.3f max %.3f ms bad %ld\n", total, latencies[kept / 2] * 1e3,
           latencies[kept * 99 / 100] * 1e3, latencies[kept - 1] * 1e3, bad);
}
