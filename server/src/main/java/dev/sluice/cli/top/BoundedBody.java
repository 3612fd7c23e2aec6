package dev.sluice.cli.top;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects the body of a response, and gives up on one that has no end: whoever answers may be anything. */
final class BoundedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> collector = BodySubscribers.ofByteArray();
    private final int most;
    private Flow.@Nullable Subscription subscription;
    private long collected;

    /**
     * @param most how many bytes it may have
     */
    BoundedBody(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return collector.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        collector.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            collected += buffer.remaining();
        }
        if (collected <= most) {
            collector.onNext(buffers);
        } else if (subscription != null) {
            subscription.cancel();
            collector.onError(new IOException("more than " + most + " bytes"));
        }
    }

    @Override
    public void onError(Throwable fault) {
        collector.onError(fault);
    }

    @Override
    public void onComplete() {
        collector.onComplete();
    }
}
