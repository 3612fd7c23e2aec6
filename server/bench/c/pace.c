// pace PORT PATH CONNECTIONS RATE SECONDS
//
// Asks http://127.0.0.1:PORT/PATH at RATE requests a second, evenly, over CONNECTIONS keep-alive connections, and
// prints one line of JSON: requests, seconds, and latencies in microseconds (p50, p99, max).
//
// An open loop, unlike wrk: requests fall due by the clock, whether the server answers or not, and a latency is counted
// from the moment when its request was due. A server that stands still for 100 ms so spoils every request of those 100
// ms, as users would see it, and not just the one on each connection ("coordinated omission").
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 256, ANSWER_LIMIT = 1 << 18, REQUEST_LIMIT = 2048, GRACE_SECONDS = 20 };

struct connection {
  double due;    // of the request under way
  size_t got;    // bytes of the answer
  size_t wanted; // its length, or 0 while the head is incomplete
  char *answer;
};

static struct pollfd polls[MAX_CONNECTIONS];
static struct connection connections[MAX_CONNECTIONS];
static int idle[MAX_CONNECTIONS], idle_count; // a stack of connections without a request
static char request[REQUEST_LIMIT];
static size_t request_length;
static double *latencies;
static long answered;

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("pace: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static int connect_to(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
    fail("connect to port %d: %s", port, strerror(errno));
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

// A request is far smaller than an empty send buffer, and a connection has one under way at most.
static void send_request(int i, double due) {
  if (send(polls[i].fd, request, request_length, MSG_NOSIGNAL) != (ssize_t)request_length)
    fail("send: %s", strerror(errno));
  connections[i].due = due;
  connections[i].got = connections[i].wanted = 0;
}

static void read_head(struct connection *c) {
  c->answer[c->got] = 0;
  char *end = strstr(c->answer, "\r\n\r\n");
  if (end == NULL) return;
  if (strncmp(c->answer, "HTTP/1.1 200 ", 13) != 0) fail("expected HTTP/1.1 200, got %.12s", c->answer);
  char *length = strcasestr(c->answer, "\r\ncontent-length:");
  if (length == NULL) fail("no Content-Length in the response");
  c->wanted = (size_t)(end + 4 - c->answer) + strtoul(length + 17, NULL, 10);
  if (c->wanted > ANSWER_LIMIT) fail("an answer of %zu bytes (expected: at most %d)", c->wanted, ANSWER_LIMIT);
}

static void read_answer(int i) {
  struct connection *c = &connections[i];
  ssize_t got = recv(polls[i].fd, c->answer + c->got, ANSWER_LIMIT - c->got, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) fail("connection closed inside an answer");
  c->got += got;
  if (c->wanted == 0) read_head(c);
  if (c->wanted == 0 || c->got < c->wanted) return;
  if (c->got > c->wanted) fail("%zu bytes behind an answer", c->got - c->wanted);
  latencies[answered++] = now() - c->due;
  idle[idle_count++] = i;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double percentile(double share) {
  return latencies[(long)(share * (answered - 1))] * 1e6;
}

static void open_connections(int port, int count) {
  for (int i = 0; i < count; i++) {
    polls[i] = (struct pollfd){.fd = connect_to(port), .events = POLLIN};
    connections[i].answer = malloc(ANSWER_LIMIT + 1);
    if (connections[i].answer == NULL) fail("no memory for %d connections", count);
    idle[idle_count++] = i;
  }
}

// Sends all that is due, as far as connections are free, and returns for how long to wait: to the next due time if a
// connection is free for it, or else until one is.
static double send_due(long *sent, long total, double start, double rate) {
  for (;;) {
    if (*sent == total || idle_count == 0) return 1;
    double due = start + *sent / rate, left = due - now();
    if (left > 0) return left;
    send_request(idle[--idle_count], due);
    ++*sent;
  }
}

int main(int argc, char **argv) {
  if (argc != 6) fail("usage: pace PORT PATH CONNECTIONS RATE SECONDS");
  int port = atoi(argv[1]), count = atoi(argv[3]);
  double rate = atof(argv[4]), seconds = atof(argv[5]);
  if (count < 1 || count > MAX_CONNECTIONS) fail("connections: %d (expected: 1..%d)", count, MAX_CONNECTIONS);
  if (!(rate * seconds >= 1)) fail("rate x seconds: %g (expected: at least 1)", rate * seconds);
  request_length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", argv[2], port);
  if (request_length >= sizeof request) fail("path too long");
  long total = (long)(rate * seconds), sent = 0;
  latencies = calloc(total, sizeof *latencies);
  if (latencies == NULL) fail("no memory for %ld requests", total);
  prctl(PR_SET_TIMERSLACK, 1); // nanosecond: waits that end when the next request is due
  open_connections(port, count);

  double start = now();
  while (answered < total) {
    double wait = send_due(&sent, total, start, rate);
    struct timespec timeout = {.tv_sec = (time_t)wait, .tv_nsec = (long)((wait - (time_t)wait) * 1e9)};
    if (ppoll(polls, count, &timeout, NULL) < 0 && errno != EINTR) fail("poll: %s", strerror(errno));
    for (int i = 0; i < count; i++)
      if (polls[i].revents != 0) read_answer(i);
    if (now() > start + seconds + GRACE_SECONDS)
      fail("%ld of %ld requests without an answer %d s after the last was due", total - answered, total, GRACE_SECONDS);
  }
  double wall = now() - start;
  qsort(latencies, answered, sizeof *latencies, by_size);
  printf("{\"requests\":%ld,\"seconds\":%.6f,\"p50\":%.1f,\"p99\":%.1f,\"max\":%.1f}\n", answered, wall,
         percentile(0.5), percentile(0.99), latencies[answered - 1] * 1e6);
  return 0;
}
