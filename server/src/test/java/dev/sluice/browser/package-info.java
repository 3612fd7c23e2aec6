/**
 * A real browser, Chromium from the system, against the packaged jar: what people do with a site and with the dashboard, and
 * what the server tells of it. The driver is the system's, too, so that nothing is fetched.
 */
package dev.sluice.browser;
