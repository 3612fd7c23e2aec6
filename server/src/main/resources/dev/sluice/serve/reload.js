// Live reload: a page of a site that is served with "sluice --dev" has this script, and loads itself again when a file changes.
(() => {
  "use strict";
  const own = document.currentScript;
  if (!own || window.sluiceLiveReload) {
    return;
  }
  window.sluiceLiveReload = true;
  let version = own.dataset.version;
  let source;
  let waiting;

  function connect() {
    // A browser has six connections to a host of HTTP/1.1: tabs that nobody looks at leave theirs to the others.
    if (source || document.visibilityState === "hidden") {
      return;
    }
    source = new EventSource("/.sluice/reload?since=" + encodeURIComponent(version));
    source.onmessage = (event) => {
      version = event.lastEventId;
      if (event.data !== "style" || !restyle()) {
        reload();
      }
    };
    source.onerror = () => {
      if (source && source.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 1000);
      }
    };
  }

  function disconnect() {
    if (source) {
      source.close();
      source = undefined;
    }
  }

  // What answers in the place of a page that is being built or written has no script, and would stay: it is waited for, half a
  // minute long. The next change tells of the page, too.
  async function reload(tries = 30) {
    clearTimeout(waiting);
    try {
      const answer = await fetch(location.href, { method: "HEAD" });
      if (answer.ok || (answer.headers.get("Content-Type") || "").startsWith("text/html")) {
        location.reload();
      } else if (tries > 0) {
        clearTimeout(waiting);
        waiting = setTimeout(reload, 1000, tries - 1);
      }
    } catch {
      // The server is gone: its successor has another version.
    }
  }

  // Exchanges the style sheets, each when the new one is there; false if there is none whose change would show.
  function restyle() {
    const links = [...document.querySelectorAll('link[rel~="stylesheet"][href]')]
      .filter((link) => new URL(link.href).origin === location.origin);
    for (const link of links) {
      const next = link.cloneNode();
      const url = new URL(link.href);
      url.searchParams.set("sluice-version", version);
      next.href = url.href;
      next.onload = next.onerror = () => link.remove();
      link.after(next);
    }
    return links.length > 0;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      disconnect();
    } else {
      connect();
    }
  });
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  connect();
})();
