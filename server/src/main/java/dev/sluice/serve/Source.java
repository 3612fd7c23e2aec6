package dev.sluice.serve;

import dev.sluice.io.OpenFile;
import dev.sluice.io.RegionSlice;
import java.nio.ByteBuffer;

/** Where a response's body is to come from. Whatever holds a lease has it already taken. */
sealed interface Source {
    /** Gives back whatever is leased; to be called once. */
    default void release() {}

    /** No body, or one that the plan carries itself. */
    record Nowhere() implements Source {
        static final Nowhere INSTANCE = new Nowhere();
    }

    /** A body in a region, leased. */
    record FromRegion(RegionSlice slice) implements Source {
        @Override
        public void release() {
            slice.release();
        }
    }

    /** A body read for this response alone, since no region had room. */
    record FromMemory(ByteBuffer bytes) implements Source {}

    /** An open file, leased, and the way to find out whether it is still the file that was planned for. */
    record FromFile(OpenFile file, Unchanged unchanged) implements Source {
        @Override
        public void release() {
            file.release();
        }
    }
}
