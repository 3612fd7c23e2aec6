// idle PORT PATH COUNT SECONDS
//
// Opens COUNT keep-alive connections to http://127.0.0.1:PORT, one after another, each with one GET of PATH that is
// answered in full; prints `ready` and keeps them open. On a line of input it asks once more on each, to prove that all
// are still there, prints one line of JSON, answered: how many were, and ends. It ends after SECONDS in any case.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { ANSWER_LIMIT = 65536, REQUEST_LIMIT = 2048, STALL_SECONDS = 10 };

static char request[REQUEST_LIMIT], answer[ANSWER_LIMIT + 1];
static size_t request_length;

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("idle: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

static int connect_to(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  struct timeval stall = {.tv_sec = STALL_SECONDS};
  // A reset instead of a farewell: thousands of ports in TIME_WAIT would be in the way of the next run.
  struct linger reset = {.l_onoff = 1, .l_linger = 0};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &stall, sizeof stall) != 0 ||
      setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &stall, sizeof stall) != 0 ||
      setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset) != 0 ||
      connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
    return -1;
  return fd;
}

// Whether one GET was answered with 200 and the whole body, and nothing behind it.
static int asked(int fd) {
  if (send(fd, request, request_length, MSG_NOSIGNAL) != (ssize_t)request_length) return 0;
  size_t got = 0, wanted = 0;
  while (wanted == 0 || got < wanted) {
    ssize_t more = recv(fd, answer + got, ANSWER_LIMIT - got, 0);
    if (more <= 0) return 0;
    got += more;
    answer[got] = 0;
    char *end = wanted == 0 ? strstr(answer, "\r\n\r\n") : NULL;
    char *length = end == NULL ? NULL : strcasestr(answer, "\r\ncontent-length:");
    if (end != NULL && length == NULL) return 0;
    if (end != NULL) wanted = (size_t)(end + 4 - answer) + strtoul(length + 17, NULL, 10);
    if (wanted > ANSWER_LIMIT) return 0;
  }
  return got == wanted && strncmp(answer, "HTTP/1.1 200 ", 13) == 0;
}

int main(int argc, char **argv) {
  if (argc != 5) fail("usage: idle PORT PATH COUNT SECONDS");
  int port = atoi(argv[1]), count = atoi(argv[3]), answered = 0;
  if (count < 1) fail("count: %d (expected: at least 1)", count);
  alarm(atoi(argv[4]));
  request_length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", argv[2], port);
  if (request_length >= sizeof request) fail("path too long");
  int *fds = calloc(count, sizeof *fds);
  if (fds == NULL) fail("no memory for %d connections", count);
  for (int i = 0; i < count; i++) {
    fds[i] = connect_to(port);
    if (fds[i] < 0) fail("connection %d: %s", i + 1, strerror(errno));
    if (!asked(fds[i])) fail("connection %d: no proper answer within %d s", i + 1, STALL_SECONDS);
  }
  puts("ready");
  fflush(stdout);
  if (getchar() == EOF) return 0;
  for (int i = 0; i < count; i++) answered += asked(fds[i]);
  printf("{\"answered\":%d}\n", answered);
  return 0;
}
