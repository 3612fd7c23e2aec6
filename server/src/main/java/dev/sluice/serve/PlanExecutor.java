package dev.sluice.serve;

import dev.sluice.io.Disk;
import dev.sluice.io.Encoders;
import dev.sluice.io.OpenFile;
import dev.sluice.io.PrivateViews;
import dev.sluice.ledger.IoPath;
import dev.sluice.plan.Body;
import dev.sluice.plan.Plan;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/** Carries plans out. The only place that emits a response; it decides neither status nor fields. */
final class PlanExecutor {
    private static final HttpString SERVER_TIMING = HttpString.tryFromString("Server-Timing");
    private static final HttpString CACHE_STATUS = HttpString.tryFromString("Cache-Status");

    private static final int OK = 200;

    private final Serving serving;
    private final SendOptions options;
    private final Encoders encoders;
    private final Disk disk;
    private final DiskFaults faults;

    PlanExecutor(Serving serving, SendOptions options, Encoders encoders, Disk disk, DiskFaults faults) {
        this.serving = serving;
        this.options = options;
        this.encoders = encoders;
        this.disk = disk;
        this.faults = faults;
    }

    /**
     * Sends the answer and ends the exchange, now or when the client has taken it.
     *
     * @param head the plan's
     * @param source where the body comes from, held by the delivery
     * @param bytesPerSecond how fast it may go; 0 for as fast as it goes
     */
    void execute(Delivery delivery, Plan plan, Head head, Source source, long bytesPerSecond) {
        HttpServerExchange exchange = delivery.exchange();
        delivery.coded(head.contentCoding());
        head.putOn(exchange);
        delivery.egress().fit(exchange);
        if (serving.current().serverTiming()) {
            tell(delivery, plan, source);
        }
        if (bytesPerSecond > 0) {
            delivery.pace(bytesPerSecond);
        }
        IoPath path = PlannedPath.of(plan.body());
        if (plan.body() instanceof Body.FromRegion part) {
            delivery.plan(path, plan.reason(), part.length());
            sendPart(delivery, part, source);
        } else if (plan.body() instanceof Body.None) {
            delivery.plan(path, plan.reason(), 0);
            delivery.inOrder(() -> sendHead(delivery));
        } else {
            sendOther(delivery, plan, path, source);
        }
    }

    /** What is known when the head goes out: the path that is planned, and whether the body lay ready in memory. */
    private static void tell(Delivery delivery, Plan plan, Source source) {
        IoPath path = PlannedPath.of(plan.body());
        boolean copied = source instanceof Source.FromMemory
                || (delivery.egress().carrier().copies() && path != IoPath.NONE);
        delivery.exchange()
                .getResponseHeaders()
                .put(SERVER_TIMING, PlannedPath.told(path, copied))
                .put(CACHE_STATUS, cacheStatus(delivery, source).value());
    }

    private static CacheStatus cacheStatus(Delivery delivery, Source source) {
        boolean small = source instanceof Source.FromRegion || source instanceof Source.FromTemplate;
        if (small) {
            return delivery.cold() ? CacheStatus.STORED : CacheStatus.HIT;
        }
        return source instanceof Source.FromMemory ? CacheStatus.MISS : CacheStatus.BYPASS;
    }

    private void sendOther(Delivery delivery, Plan plan, IoPath path, Source source) {
        if (plan.body() instanceof Body.Generated generated) {
            byte[] text = generated.text().getBytes(StandardCharsets.UTF_8);
            delivery.plan(path, plan.reason(), text.length);
            BufferWriter.send(delivery, ByteBuffer.wrap(text));
        } else if (plan.body() instanceof Body.Made made) {
            delivery.plan(path, plan.reason(), made.length());
            BufferWriter.send(delivery, ((Source.FromMemory) source).bytes());
        } else if (plan.body() instanceof Body.Events) {
            delivery.plan(path, plan.reason(), 0);
            ((Source.FromEvents) source).stream().start();
        } else if (plan.body() instanceof Body.FromFile part) {
            delivery.plan(path, plan.reason(), part.length());
            Segment whole = new Segment.Part(part.offset(), part.length());
            send(delivery, (Source.FromFile) source, List.of(whole), Body.Origin.FILE);
        } else if (plan.body() instanceof Body.FromDisk part) {
            delivery.plan(path, plan.reason(), part.length());
            Segment whole = new Segment.Part(part.offset(), part.length());
            send(delivery, (Source.FromFile) source, List.of(whole), Body.Origin.DISK);
        } else if (plan.body() instanceof Body.Inflated part) {
            delivery.plan(path, plan.reason(), part.length());
            inflate(delivery, (Source.FromArchive) source, List.of(new Segment.Part(part.offset(), part.length())));
        } else if (plan.body() instanceof Body.Multipart parts) {
            delivery.plan(path, plan.reason(), parts.length());
            sendParts(delivery, parts, source);
        } else if (plan.body() instanceof Body.Patched patched) {
            delivery.plan(path, plan.reason(), patched.length());
            sendPatched(delivery, patched, (Source.FromTemplate) source);
        } else if (plan.body() instanceof Body.Compressed compressed) {
            delivery.plan(path, plan.reason(), 0);
            sendCompressed(delivery, compressed, (Source.FromFile) source);
        } else {
            delivery.plan(path, plan.reason(), 0);
            new StreamSender(delivery, ((Source.FromProducer) source).producer(), faults).start();
        }
    }

    /**
     * Undertow would wait for the rest of a request's body before it sends a head alone, and tell a length of 0 where HEAD asks
     * for what is made while it is sent (RFC 9110 §8.6); so such heads are sent by hand.
     */
    private static void sendHead(Delivery delivery) {
        HttpServerExchange exchange = delivery.exchange();
        boolean lengthUnknown =
                exchange.getStatusCode() == OK && !exchange.getResponseHeaders().contains(Headers.CONTENT_LENGTH);
        boolean byHand = lengthUnknown || !exchange.isRequestComplete();
        StreamSinkChannel channel = byHand ? delivery.channel() : null;
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
        ByteBuffer view = view(delivery, source, part.offset(), part.length());
        if (source instanceof Source.FromRegion) {
            delivery.egress().watch(view);
        }
        BufferWriter.send(delivery, view);
    }

    private static ByteBuffer view(Delivery delivery, Source source, long offset, long length) {
        if (source instanceof Source.FromRegion region) {
            return region.slice().view((int) offset, (int) length);
        }
        Source.FromMemory memory = (Source.FromMemory) source;
        delivery.because(memory.why());
        return memory.bytes().slice((int) offset, (int) length);
    }

    private void send(Delivery delivery, Source.FromFile source, List<Segment> segments, Body.Origin origin) {
        OpenFile direct = origin == Body.Origin.DISK ? source.bypass().open() : null;
        if (direct != null) {
            delivery.hold(new Source.FromDisk(direct));
        } else if (origin == Body.Origin.DISK) {
            delivery.because(Reasons.DIRECT_REFUSED);
        }
        // First, since in an application only the channel shows what lies below it.
        StreamSinkChannel channel = delivery.channel();
        LargeFile file = direct == null
                ? LargeFile.cached(delivery, source, disk)
                : LargeFile.direct(delivery, source, direct, disk);
        new FileSender(delivery, file, segments, options.sendfileChunk(), faults, channel).start();
    }

    private void sendParts(Delivery delivery, Body.Multipart parts, Source source) {
        if (source instanceof Source.FromFile file) {
            send(delivery, file, segments(parts), parts.origin());
            return;
        }
        if (source instanceof Source.FromArchive file) {
            inflate(delivery, file, segments(parts));
            return;
        }
        List<ByteBuffer> buffers = new ArrayList<>();
        List<ByteBuffer> views = new ArrayList<>();
        for (Body.Part part : parts.parts()) {
            ByteBuffer view =
                    view(delivery, source, part.range().first(), part.range().length());
            views.add(view);
            buffers.add(ascii(part.head()));
            buffers.add(view);
        }
        buffers.add(ascii(parts.closing()));
        if (source instanceof Source.FromRegion) {
            delivery.egress().watch(views.toArray(ByteBuffer[]::new));
        }
        BufferWriter.send(delivery, buffers.toArray(ByteBuffer[]::new));
    }

    private static List<Segment> segments(Body.Multipart parts) {
        List<Segment> segments = new ArrayList<>();
        for (Body.Part part : parts.parts()) {
            segments.add(new Segment.Text(ascii(part.head())));
            segments.add(new Segment.Part(part.range().first(), part.range().length()));
        }
        segments.add(new Segment.Text(ascii(parts.closing())));
        return segments;
    }

    private void inflate(Delivery delivery, Source.FromArchive source, List<Segment> segments) {
        InflatedTransfer transfer = new InflatedTransfer(source);
        delivery.hold(new Source.FromInflation(transfer));
        StreamSinkChannel channel = delivery.channel();
        LargeFile file = LargeFile.inflated(delivery, source, transfer, disk);
        new FileSender(delivery, file, segments, options.sendfileChunk(), faults, channel).start();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void sendPatched(Delivery delivery, Body.Patched patched, Source.FromTemplate source) {
        ByteBuffer view = privateView(delivery, source);
        ByteBuffer page = view == null ? copy(delivery, source.page(), patched.length()) : view;
        delivery.patched(source.template().patch(page, patched.nonce()));
        if (view != null) {
            delivery.egress().watch(view);
        }
        BufferWriter.send(delivery, page);
    }

    /** A private view of the page in its region, of which the kernel copies only what is patched; null if there is none to be had. */
    private static @Nullable ByteBuffer privateView(Delivery delivery, Source.FromTemplate source) {
        if (!(source.page() instanceof Source.FromRegion page)) {
            return null;
        }
        PrivateViews views = source.template().views(page.slice());
        try {
            ByteBuffer view = views == null ? null : views.acquire();
            if (views != null && view != null) {
                delivery.hold(new Source.FromView(views, view));
            }
            return view;
        } catch (IOException noMapping) {
            return null;
        }
    }

    private static ByteBuffer copy(Delivery delivery, Source page, long length) {
        delivery.because(Reasons.NO_PRIVATE_VIEW);
        if (page instanceof Source.FromMemory memory) {
            return memory.bytes();
        }
        ByteBuffer copy = ByteBuffer.allocate((int) length);
        copy.put(((Source.FromRegion) page).slice().view(0, (int) length));
        return copy.flip();
    }

    private void sendCompressed(Delivery delivery, Body.Compressed compressed, Source.FromFile file) {
        try {
            Producer producer = new CompressedFile(file, encoders.stream(Codecs.of(compressed.coding())));
            delivery.hold(new Source.FromProducer(producer));
            new StreamSender(delivery, producer, faults).start();
        } catch (IOException e) {
            faults.tell(delivery.exchange().getRequestPath(), e);
            delivery.abort(Reasons.IO_ERROR);
        }
    }
}
