/** What comes with Sluice for Kubernetes. */
package dev.sluice.kubernetes;
