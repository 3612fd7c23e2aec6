// floor answer|sendfile PORT FILE
//
// What a request costs at the least: one thread and epoll, no parsing beyond finding the end of the head, no log, no
// date, no cache. `answer` writes a ready head and body with one write(2), as many bytes of head as servers send.
// `sendfile` writes the head, with MSG_MORE so that it shares a segment with the body, and loops over sendfile(2); it
// knows `Range: bytes=FIRST-LAST` and nothing else. Whatever the path, FILE is served. No server can be this careless:
// the difference to it is what a server's features cost.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REQUEST_LIMIT = 8192, EVENTS = 256, HEAD_LIMIT = 512 };

// One sendfile call moves at most this much (sendfile(2)); a socket's buffer is full long before.
static const size_t SENDFILE_LIMIT = 0x7ffff000;

struct connection {
  int fd;
  size_t got;            // bytes of the request so far
  size_t sent;           // `answer`: bytes of the answer that went out
  off_t next, end;       // `sendfile`: what is left of the file
  char request[REQUEST_LIMIT + 1];
};

static int poller, file;
static off_t file_length;
static char *answer; // head and body for `answer`
static size_t answer_length;
static int by_sendfile;

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("floor: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

static int write_head(char *to, const char *status, long long length, const char *extra) {
  return snprintf(to, HEAD_LIMIT,
                  "HTTP/1.1 %s\r\nETag: \"0123456789abcdef-400\"\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
                  "Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nContent-Type: text/plain\r\n"
                  "Accept-Ranges: bytes\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n%sContent-Length: %lld\r\n\r\n",
                  status, extra, length);
}

static void watch(struct connection *c, int operation, unsigned events) {
  struct epoll_event event = {.events = events, .data.ptr = c};
  if (epoll_ctl(poller, operation, c->fd, &event) != 0) fail("epoll_ctl: %s", strerror(errno));
}

static void drop(struct connection *c) {
  close(c->fd);
  free(c);
}

// Whether all went out; if not, the socket is full and its next EPOLLOUT goes on. A broken connection is dropped.
static int went_on(struct connection *c) {
  ssize_t done;
  while (by_sendfile ? c->next < c->end : c->sent < answer_length) {
    if (by_sendfile) {
      size_t left = (size_t)(c->end - c->next);
      done = sendfile(c->fd, file, &c->next, left < SENDFILE_LIMIT ? left : SENDFILE_LIMIT);
    } else {
      done = send(c->fd, answer + c->sent, answer_length - c->sent, MSG_NOSIGNAL);
      if (done > 0) c->sent += done;
    }
    if (done < 0 && errno == EAGAIN) return 0;
    if (done <= 0) {
      drop(c);
      return -1;
    }
  }
  return 1;
}

// The requested part of the file. The head is far smaller than an empty send buffer.
static int begin_file(struct connection *c) {
  char head[HEAD_LIMIT], extra[96] = "";
  long long first = 0, last = file_length - 1;
  char *range = strcasestr(c->request, "\r\nrange: bytes=");
  int partial = range != NULL && sscanf(range + 15, "%lld-%lld", &first, &last) == 2;
  if (partial && (first < 0 || last < first || last >= file_length)) return -1;
  if (partial)
    snprintf(extra, sizeof extra, "Content-Range: bytes %lld-%lld/%lld\r\n", first, last, (long long)file_length);
  int length = write_head(head, partial ? "206 Partial Content" : "200 OK", last - first + 1, extra);
  c->next = first;
  c->end = last + 1;
  return send(c->fd, head, length, MSG_NOSIGNAL | MSG_MORE) == length ? 0 : -1;
}

static void read_request(struct connection *c) {
  ssize_t got = recv(c->fd, c->request + c->got, REQUEST_LIMIT - c->got, 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) {
    drop(c);
    return;
  }
  c->got += got;
  c->request[c->got] = 0;
  if (c->got < 4 || memcmp(c->request + c->got - 4, "\r\n\r\n", 4) != 0) return;
  c->got = 0;
  c->sent = 0;
  if (by_sendfile && begin_file(c) != 0) {
    drop(c);
    return;
  }
  if (went_on(c) == 0) watch(c, EPOLL_CTL_MOD, EPOLLOUT);
}

static void accept_one(int listener) {
  int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), on = 1;
  if (fd < 0) return; // gone again, or taken
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct connection *c = calloc(1, sizeof *c);
  if (c == NULL) fail("no memory for a connection");
  c->fd = fd;
  watch(c, EPOLL_CTL_ADD, EPOLLIN);
}

static int listen_on(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 1024) != 0)
    fail("listen on port %d: %s", port, strerror(errno));
  return fd;
}

static void open_file(const char *name) {
  struct stat facts;
  file = open(name, O_RDONLY | O_CLOEXEC);
  if (file < 0 || fstat(file, &facts) != 0) fail("%s: %s", name, strerror(errno));
  file_length = facts.st_size;
  if (by_sendfile) return;
  answer = malloc(HEAD_LIMIT + file_length);
  if (answer == NULL) fail("no memory for %s", name);
  answer_length = write_head(answer, "200 OK", file_length, "");
  if (pread(file, answer + answer_length, file_length, 0) != file_length) fail("%s: short read", name);
  answer_length += file_length;
}

int main(int argc, char **argv) {
  if (argc != 4 || (strcmp(argv[1], "answer") != 0 && strcmp(argv[1], "sendfile") != 0))
    fail("usage: floor answer|sendfile PORT FILE");
  by_sendfile = argv[1][0] == 's';
  open_file(argv[3]);
  poller = epoll_create1(EPOLL_CLOEXEC);
  struct connection listener = {.fd = listen_on(atoi(argv[2]))};
  watch(&listener, EPOLL_CTL_ADD, EPOLLIN);
  for (;;) {
    struct epoll_event events[EVENTS];
    int ready = epoll_wait(poller, events, EVENTS, -1);
    if (ready < 0 && errno != EINTR) fail("epoll_wait: %s", strerror(errno));
    for (int i = 0; i < ready; i++) {
      struct connection *c = events[i].data.ptr;
      if (c == &listener)
        accept_one(c->fd);
      else if (events[i].events & EPOLLOUT) {
        if (went_on(c) == 1) watch(c, EPOLL_CTL_MOD, EPOLLIN);
      } else
        read_request(c);
    }
  }
}
