package dev.sluice.io;

import com.aayushatharva.brotli4j.encoder.Encoder;
import com.aayushatharva.brotli4j.encoder.EncoderJNI;
import com.aayushatharva.brotli4j.encoder.EncoderJNI.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Brotli (RFC 7932) by brotli4j. Its streams write to channels; what is below them fits a buffer better. */
final class BrotliEncoder implements StreamEncoder {
    private final EncoderJNI.Wrapper encoder;

    /** Output in the encoder's own memory, valid until it is called again. */
    private ByteBuffer pulled = ByteBuffer.allocate(0);

    private Operation operation = Operation.PROCESS;
    private boolean closed;

    /**
     * @param quality 0 to 11
     * @param windowLog the binary logarithm of the window in bytes, 10 to 24
     * @param inputSize how many bytes of input it takes in at once, at least 1
     */
    BrotliEncoder(int quality, int windowLog, int inputSize) throws IOException {
        this.encoder = new EncoderJNI.Wrapper(inputSize, quality, windowLog, Encoder.Mode.GENERIC);
    }

    @Override
    public boolean encode(ByteBuffer in, boolean last, ByteBuffer out) throws IOException {
        while (true) {
            Buffers.move(pulled, out);
            if (pulled.hasRemaining()) {
                return false;
            }
            if (encoder.hasMoreOutput()) {
                pulled = encoder.pull();
            } else if (encoder.hasRemainingInput()) {
                push(0);
            } else if (operation == Operation.FINISH) {
                if (encoder.isFinished()) {
                    return true;
                }
                push(0);
            } else if (in.hasRemaining() || last) {
                int taken = Buffers.move(in, encoder.getInputBuffer().clear());
                operation = last && !in.hasRemaining() ? Operation.FINISH : Operation.PROCESS;
                push(taken);
            } else {
                return false;
            }
        }
    }

    private void push(int length) throws IOException {
        encoder.push(operation, length);
        if (!encoder.isSuccess()) {
            throw new IOException("brotli: the encoder failed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pulled = ByteBuffer.allocate(0);
            encoder.destroy();
        }
    }
}
