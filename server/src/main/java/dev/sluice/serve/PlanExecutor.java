package dev.sluice.serve;

import dev.sluice.ledger.IoPath;
import dev.sluice.plan.Body;
import dev.sluice.plan.Plan;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xnio.channels.StreamSinkChannel;

/** Carries plans out. The only place that emits a response; it decides neither status nor fields. */
final class PlanExecutor {
    private static final HttpString SERVER_TIMING = HttpString.tryFromString("Server-Timing");

    private final SendOptions options;

    PlanExecutor(SendOptions options) {
        this.options = options;
    }

    /** Sends the answer and ends the exchange, now or when the client has taken it. */
    void execute(Delivery delivery, Plan plan, Source source) {
        execute(delivery, plan, Head.of(plan), source);
    }

    /** The same with the plan's head at hand. */
    void execute(Delivery delivery, Plan plan, Head head, Source source) {
        IoPath path = plannedPath(plan.body());
        boolean copied = source instanceof Source.FromMemory
                || (delivery.wire().link().carrier().copies() && path != IoPath.NONE);
        HttpServerExchange exchange = delivery.exchange();
        head.putOn(exchange);
        if (options.serverTiming()) {
            exchange.getResponseHeaders()
                    .put(SERVER_TIMING, "io;desc=\"" + (copied ? IoPath.COPY : path).label() + '"');
        }
        send(delivery, plan, path, source);
    }

    private void send(Delivery delivery, Plan plan, IoPath path, Source source) {
        if (plan.body() instanceof Body.Generated generated) {
            byte[] text = generated.text().getBytes(StandardCharsets.UTF_8);
            delivery.plan(path, plan.reason(), text.length);
            BufferWriter.send(delivery, ByteBuffer.wrap(text));
        } else if (plan.body() instanceof Body.FromRegion part) {
            delivery.plan(path, plan.reason(), part.length());
            sendPart(delivery, part, source);
        } else if (plan.body() instanceof Body.FromFile part) {
            delivery.plan(path, plan.reason(), part.length());
            Source.FromFile file = (Source.FromFile) source;
            List<Segment> segments = List.of(new Segment.Part(part.offset(), part.length()));
            new FileSender(delivery, file, segments, options.sendfileChunk()).start();
        } else {
            delivery.plan(path, plan.reason(), 0);
            sendHead(delivery);
        }
    }

    /** Undertow would wait for the rest of a request's body before it sends a head alone, so it is sent by hand. */
    private static void sendHead(Delivery delivery) {
        HttpServerExchange exchange = delivery.exchange();
        StreamSinkChannel channel = exchange.isRequestComplete() ? null : exchange.getResponseChannel();
        try {
            if (channel != null) {
                channel.shutdownWrites();
                channel.flush();
            }
            exchange.endExchange();
        } catch (IOException gone) {
            delivery.abort(Reasons.CLIENT_GONE);
        }
    }

    private static void sendPart(Delivery delivery, Body.FromRegion part, Source source) {
        int offset = (int) part.offset();
        int length = (int) part.length();
        if (source instanceof Source.FromRegion region) {
            ByteBuffer view = region.slice().view(offset, length);
            delivery.wire().watch(view);
            BufferWriter.send(delivery, view);
        } else {
            delivery.because(Reasons.REGIONS_BUSY);
            BufferWriter.send(delivery, ((Source.FromMemory) source).bytes().slice(offset, length));
        }
    }

    private static IoPath plannedPath(Body body) {
        if (body instanceof Body.FromRegion part) {
            return part.length() == 0 ? IoPath.NONE : IoPath.MMAP;
        }
        if (body instanceof Body.FromFile part) {
            return part.length() == 0 ? IoPath.NONE : IoPath.SENDFILE;
        }
        return body instanceof Body.Generated ? IoPath.COPY : IoPath.NONE;
    }
}
