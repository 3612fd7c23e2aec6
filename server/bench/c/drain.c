// drain PORT PATH CONNECTIONS SECONDS [RATE]
//
// Downloads http://127.0.0.1:PORT/PATH again and again over CONNECTIONS keep-alive connections until SECONDS have
// passed, finishes the bodies under way, and prints one line of JSON: bytes, responses, seconds. With RATE, each
// connection downloads once only, takes at most RATE bytes a second and is cut off after SECONDS. A # in PATH stands
// for the connection's number, from 0.
//
// The client must not be what is measured, so it never copies a body: recv with MSG_TRUNC lets TCP drop the bytes
// inside the kernel (tcp(7)). One thread and poll(2): the few connections don't repay more.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 64, HEAD_LIMIT = 8192, PATH_LIMIT = 1024, STALL_MILLIS = 10000, REST_MILLIS = 2 };

// One recv takes at most this much. Larger than any receive buffer that the kernel's autotuning reaches by default.
static const long long CHUNK = 8 << 20;

struct connection {
  char head[HEAD_LIMIT + 1];
  size_t head_length;
  long long body_left; // bytes of the body still to come, or -1 while the head is incomplete
  long long taken;     // bytes of bodies so far
};

static struct pollfd polls[MAX_CONNECTIONS];
static struct connection connections[MAX_CONNECTIONS];
static const char *path;
static int port;
static double rate, start; // rate: bytes a second for each connection, or 0 for any
static long long total_bytes, total_responses;

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("drain: ", stderr);
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

static int connect_to_server(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
    fail("connect to port %d: %s", port, strerror(errno));
  return fd;
}

// A request is far smaller than an empty send buffer, and one is sent only when nothing else is under way.
static void send_request(int i) {
  char request[4096];
  const char *mark = strchr(path, '#');
  int before = mark == NULL ? (int)strlen(path) : (int)(mark - path);
  int length = mark == NULL ? snprintf(request, sizeof request, "GET %s", path)
                            : snprintf(request, sizeof request, "GET %.*s%d%s", before, path, i, mark + 1);
  length += snprintf(request + length, sizeof request - length, " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", port);
  if (send(polls[i].fd, request, length, MSG_NOSIGNAL) != length) fail("send: %s", strerror(errno));
  connections[i].head_length = 0;
  connections[i].body_left = -1;
}

// Reads on with the head; whatever of the body came with it is counted too.
static void read_head(struct connection *c, int fd) {
  ssize_t got = recv(fd, c->head + c->head_length, HEAD_LIMIT - c->head_length, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got < 0) fail("recv: %s", strerror(errno));
  if (got == 0) fail("connection closed inside a response head, or the head is over %d bytes", HEAD_LIMIT);
  c->head_length += got;
  c->head[c->head_length] = 0;
  char *end = strstr(c->head, "\r\n\r\n");
  if (end == NULL) return;
  long long body_here = c->head + c->head_length - (end + 4);
  *end = 0;
  if (strncmp(c->head, "HTTP/1.1 200 ", 13) != 0) fail("expected HTTP/1.1 200, got %.12s", c->head);
  char *length = strcasestr(c->head, "\r\ncontent-length:");
  if (length == NULL) fail("no Content-Length in the response");
  c->body_left = atoll(length + 17) - body_here;
  if (c->body_left < 0) fail("%lld bytes more than Content-Length", -c->body_left);
  c->taken += body_here;
  total_bytes += body_here;
}

// How much a connection may take now without having had more than its rate since the start.
static long long allowance(const struct connection *c) {
  return (long long)(rate * (now() - start)) - c->taken;
}

// Lets those connections alone for this turn that have had their share, and returns how many they are.
static int rest_those_ahead(int count) {
  int resting = 0;
  for (int i = 0; i < count; i++) {
    int ahead = rate > 0 && connections[i].body_left > 0 && allowance(&connections[i]) <= 0;
    polls[i].events = ahead ? 0 : POLLIN;
    resting += ahead;
  }
  return resting;
}

static void discard_body(struct connection *c, int fd) {
  long long want = c->body_left < CHUNK ? c->body_left : CHUNK;
  if (rate > 0 && want > allowance(c)) want = allowance(c);
  if (want <= 0) return;
  ssize_t got = recv(fd, NULL, want, MSG_TRUNC | MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got < 0) fail("recv: %s", strerror(errno));
  if (got == 0) fail("connection closed with %lld bytes of the body missing", c->body_left);
  c->body_left -= got;
  c->taken += got;
  total_bytes += got;
}

static void serve_events(int i, double deadline, int *open) {
  struct connection *c = &connections[i];
  if (c->body_left < 0)
    read_head(c, polls[i].fd);
  else
    discard_body(c, polls[i].fd);
  if (c->body_left != 0) return;
  total_responses++;
  if (rate == 0 && now() < deadline) {
    send_request(i);
  } else {
    close(polls[i].fd);
    polls[i].fd = -1; // poll(2) ignores negative descriptors
    --*open;
  }
}

int main(int argc, char **argv) {
  if (argc != 5 && argc != 6) fail("usage: drain PORT PATH CONNECTIONS SECONDS [RATE]");
  if (argc == 6 && !((rate = atof(argv[5])) >= 1)) fail("rate: %s (expected: at least 1)", argv[5]);
  port = atoi(argv[1]);
  path = argv[2];
  int count = atoi(argv[3]);
  if (count < 1 || count > MAX_CONNECTIONS) fail("connections: %d (expected: 1..%d)", count, MAX_CONNECTIONS);
  if (strlen(path) > PATH_LIMIT) fail("path: %zu bytes (expected: at most %d)", strlen(path), PATH_LIMIT);

  start = now();
  double deadline = start + atof(argv[4]);
  for (int i = 0; i < count; i++) {
    polls[i] = (struct pollfd){.fd = connect_to_server(), .events = POLLIN};
    send_request(i);
  }
  for (int open = count; open > 0 && !(rate > 0 && now() >= deadline);) {
    int resting = rest_those_ahead(count);
    int ready = poll(polls, count, resting > 0 ? REST_MILLIS : STALL_MILLIS);
    if (ready == 0 && resting == 0) fail("nothing received for %d seconds", STALL_MILLIS / 1000);
    if (ready < 0 && errno != EINTR) fail("poll: %s", strerror(errno));
    for (int i = 0; i < count; i++)
      if (polls[i].fd >= 0 && polls[i].revents != 0) serve_events(i, deadline, &open);
  }
  printf("{\"bytes\":%lld,\"responses\":%lld,\"seconds\":%.6f}\n", total_bytes, total_responses, now() - start);
  return 0;
}
