package dev.sluice.admin;

import dev.sluice.ledger.Ledger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything the admin API can see of the server. All of it is called from worker threads, several at once.
 *
 * @param ledger what happened
 * @param cache the hot set's figures now
 * @param contents what it holds
 * @param configuration the effective configuration, secrets masked, as something Jackson can serialise
 * @param reload has the configuration read again
 * @param explain tells how a request would be answered; changes nothing
 * @param ready false while the server starts or drains
 * @param server which server this is
 * @param accessLogDropped lines missing from the access log since the start
 * @param streams what streams of records are made of
 * @param token the secret asked for on everything but the health checks; null asks for none, and then only a Host that
 *     can't be a rebound name is answered
 */
public record AdminPorts(
        Ledger ledger,
        Supplier<CacheFigures> cache,
        CachePort contents,
        Supplier<Object> configuration,
        ReloadPort reload,
        Function<ExplainQuery, ExplainAnswer> explain,
        BooleanSupplier ready,
        ServerInfo server,
        LongSupplier accessLogDropped,
        StreamPort streams,
        @Nullable BearerToken token) {}
