# syntax=docker/dockerfile:1
# Two stages: the first builds the jar, the second holds a Java runtime and nothing that is not needed to serve.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
# Such as --offline, or another repository.
ARG MAVEN_OPTIONS=
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY server server
COPY www www
COPY conf conf
RUN mvn -q -B -Dmaven.test.skip=true ${MAVEN_OPTIONS} package

FROM ${RUNTIME_IMAGE}
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin sluice
COPY --from=build /build/server/target/sluice.jar /opt/sluice/sluice.jar
COPY server/bin/sluice /opt/sluice/bin/sluice
COPY www /srv/www
# File names are UTF-8 only where the locale says so.
ENV LANG=C.UTF-8
# The archive of loaded classes is made here and now, so that every container starts fast.
ENV XDG_CACHE_HOME=/opt/sluice/cache
RUN /opt/sluice/bin/sluice --version && chmod -R a+rX /opt/sluice/cache
USER sluice
WORKDIR /srv
EXPOSE 8080
# The admin API is on the container's loopback address by default, where the health check asks it. Stop the container with a
# time-out above limits.shutdown (30 s), so that downloads can finish.
HEALTHCHECK --interval=10s --timeout=2s --start-period=5s \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8081/readyz"]
ENTRYPOINT ["/opt/sluice/bin/sluice"]
CMD ["--host", "0.0.0.0", "/srv/www"]
