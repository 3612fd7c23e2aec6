// drain PORT PATH CONNECTIONS SECONDS
//
// Downloads http://127.0.0.1:PORT/PATH again and again over CONNECTIONS keep-alive connections until SECONDS have
// passed, finishes the bodies under way, and prints one line of JSON: bytes, responses, seconds.
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

enum { MAX_CONNECTIONS = 64, HEAD_LIMIT = 8192, STALL_MILLIS = 10000 };

// One recv takes at most this much. Larger than any receive buffer that the kernel's autotuning reaches by default.
static const size_t CHUNK = 8u << 20;

struct connection {
  char head[HEAD_LIMIT + 1];
  size_t head_length;
  long long body_left; // bytes of the body still to come, or -1 while the head is incomplete
};

static struct pollfd polls[MAX_CONNECTIONS];
static struct connection connections[MAX_CONNECTIONS];
static char request[4096];
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

static int connect_to(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
    fail("connect to port %d: %s", port, strerror(errno));
  return fd;
}

// A request is far smaller than an empty send buffer, and one is sent only when nothing else is under way.
static void send_request(int i) {
  ssize_t length = strlen(request);
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
  total_bytes += body_here;
}

static void discard_body(struct connection *c, int fd) {
  size_t want = c->body_left < (long long)CHUNK ? (size_t)c->body_left : CHUNK;
  ssize_t got = recv(fd, NULL, want, MSG_TRUNC | MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got < 0) fail("recv: %s", strerror(errno));
  if (got == 0) fail("connection closed with %lld bytes of the body missing", c->body_left);
  c->body_left -= got;
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
  if (now() < deadline) {
    send_request(i);
  } else {
    close(polls[i].fd);
    polls[i].fd = -1; // poll(2) ignores negative descriptors
    --*open;
  }
}

int main(int argc, char **argv) {
  if (argc != 5) fail("usage: drain PORT PATH CONNECTIONS SECONDS");
  int port = atoi(argv[1]), count = atoi(argv[3]);
  if (count < 1 || count > MAX_CONNECTIONS) fail("connections: %d (expected: 1..%d)", count, MAX_CONNECTIONS);
  int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", argv[2], port);
  if (length >= (int)sizeof request) fail("path too long");

  double start = now(), deadline = start + atof(argv[4]);
  for (int i = 0; i < count; i++) {
    polls[i] = (struct pollfd){.fd = connect_to(port), .events = POLLIN};
    send_request(i);
  }
  for (int open = count; open > 0;) {
    int ready = poll(polls, count, STALL_MILLIS);
    if (ready == 0) fail("nothing received for %d seconds", STALL_MILLIS / 1000);
    if (ready < 0 && errno != EINTR) fail("poll: %s", strerror(errno));
    for (int i = 0; i < count; i++)
      if (polls[i].fd >= 0 && polls[i].revents != 0) serve_events(i, deadline, &open);
  }
  printf("{\"bytes\":%lld,\"responses\":%lld,\"seconds\":%.6f}\n", total_bytes, total_responses, now() - start);
  return 0;
}
